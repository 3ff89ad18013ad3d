import { expect, test } from 'vitest';
import {
  installSystemPackages,
  missingPackages,
} from '../../scripts/bootstrap/system-packages.mjs';
import { machine, only } from './machines.js';

/** Records the commands that would have been run. */
function recorder() {
  const commands: string[] = [];
  const execute = async (program: string, args: string[]) => {
    commands.push([program, ...args].join(' '));
    return '';
  };
  return { commands, execute };
}

test('nothing is run where nothing is missing, whatever the system', async () => {
  const { commands, execute } = recorder();
  const facts = { isRoot: false, isDebian: false };
  expect(await installSystemPackages(machine(facts), execute)).toBe(false);
  expect(commands).toEqual([]);
});

test('what is missing is installed by apt, after one update', async () => {
  const { commands, execute } = recorder();
  const facts = {
    hasProgram: (name: string) => name !== 'patchelf',
    hasFile: (path: string) => !path.includes('doctest'),
  };
  expect(await installSystemPackages(machine(facts), execute)).toBe(true);
  expect(commands).toEqual([
    'apt-get -q update',
    'apt-get -q install --yes --no-install-recommends patchelf doctest-dev',
  ]);
});

test('PostgreSQL is installed for who uses it only', () => {
  const facts = { hasProgram: (name: string) => name !== 'pg_ctlcluster' };
  expect(missingPackages(machine(facts))).toEqual([]);
  expect(missingPackages(machine(facts), { postgresql: true })).toEqual(['postgresql']);
});

test('container tools are installed for tests only', () => {
  const facts = { hasProgram: (name: string) => !['skopeo', 'podman'].includes(name) };
  expect(missingPackages(machine(facts))).toEqual([]);
  expect(missingPackages(machine(facts), { containers: true })).toEqual(['skopeo', 'podman']);
});

test('clang and libFuzzer are installed for fuzzing only', () => {
  const facts = {
    hasProgram: (name: string) => !name.includes('clang++'),
    hasFile: (path: string) => !path.includes('clang_rt'),
  };
  expect(missingPackages(machine(facts))).toEqual([]);
  const names = ['clang-19', 'libclang-rt-19-dev'];
  expect(missingPackages(machine(facts), { fuzzing: true })).toEqual(names);
});

test('a bare machine lacks compiler, tools and headers', () => {
  const missing = missingPackages(machine(only('apt-get')));
  expect(missing).toEqual(expect.arrayContaining(['g++', 'cmake', 'patchelf', 'libprotozero-dev']));
});

test.each([
  [
    'another distribution',
    { isDebian: false, distribution: 'Fedora Linux 44' },
    /Fedora/,
    /by hand what Debian calls: .*g\+\+/,
  ],
  ['no apt', only(), /apt-get was not found/, /by hand: .*cmake/],
  ['not root', { isRoot: false }, /only root/, /apt-get install .*patchelf/],
])('%s: one error that names the packages', async (_, facts, message, hint) => {
  const { commands, execute } = recorder();
  const bare = machine({ ...only('apt-get'), ...facts });
  await expect(installSystemPackages(bare, execute)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
  expect(commands).toEqual([]);
});
