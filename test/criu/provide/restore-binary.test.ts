import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { binaryIn, criuCache } from '../../../src/criu/cache.js';
import { provideRestoreBinary, restoreBinaryOf } from '../../../src/criu/provide/restore-binary.js';
import { temporaryDirectory } from '../fixtures.js';

const provided = restoreBinaryOf(binaryIn(criuCache().current));

/** No reason why there is none. */
const told = (line: string) => expect.unreachable(line);

/** Names of libraries in what the dynamic loader prints. */
const libraries = (text: string) =>
  [...text.matchAll(/\b(lib[\w-]+)\.so/g)].map(([, name]) => name);

test('a restore starts with the libraries that it needs', () => {
  const env = { ...process.env, LD_TRACE_LOADED_OBJECTS: '1' };
  const loaded = libraries(execFileSync(provided, { encoding: 'utf8', env }));
  expect(new Set(loaded)).toEqual(new Set(['libtubthump-on-demand', 'libprotobuf-c', 'libc']));
});

test('the others are loaded when they are called, as when CRIU probes the kernel', () => {
  // An empty /run: no results of an older probe.
  const check = 'mount -t tmpfs none /run && LD_DEBUG=files exec "$0" check 2>&1';
  const args = ['--mount', 'sh', '-c', check, provided];
  const output = execFileSync('unshare', args, { encoding: 'utf8' });
  expect(output).toContain('Looks good');
  const initialized = libraries(output.match(/calling init: .*/g)?.join('\n') ?? '');
  expect(initialized).toContain('libnftables');
  expect(initialized).not.toContain('libgnutls');
});

/** A prefix with a program that calls this function of libnl when it gets two arguments. */
function prefixCalling(name: string): string {
  const prefix = temporaryDirectory();
  const [sbin, lib] = [join(prefix, 'usr/sbin'), join(prefix, 'usr/lib/x86_64-linux-gnu')];
  for (const directory of [sbin, lib]) mkdirSync(directory, { recursive: true });
  const declared = `int ${name}(const void *)`;
  const library = join(lib, 'libnl-3.so.200');
  compile(`${declared} { return 7; }`, [
    ...['-shared', '-Wl,-soname,libnl-3.so.200', '-o', library],
  ]);
  compile(`${declared}; int main(int n, char **v) { return n > 2 ? ${name}(v) : 0; }`, [
    ...['-Wl,-z,lazy', '-o', join(sbin, 'criu'), library],
  ]);
  return prefix;
}

function compile(source: string, args: readonly string[]): void {
  execFileSync('gcc', ['-x', 'c', '-', '-x', 'none', ...args], { input: source });
}

test('a call goes to the library that has the function', async () => {
  const prefix = prefixCalling('nla_len');
  await provideRestoreBinary(prefix, told);
  const binary = restoreBinaryOf(binaryIn(prefix));
  expect(execFileSync('patchelf', ['--print-needed', binary], { encoding: 'utf8' })).not.toContain(
    'libnl',
  );
  expect(() => execFileSync(binary, ['a', 'b'])).toThrow(expect.objectContaining({ status: 7 }));
});

test('a call whose library is gone ends as the dynamic loader would end it', async () => {
  const prefix = prefixCalling('nla_len');
  await provideRestoreBinary(prefix, told);
  writeFileSync(join(prefix, 'usr/lib/x86_64-linux-gnu/libnl-3.so.200'), 'no library');
  expect(() =>
    execFileSync(restoreBinaryOf(binaryIn(prefix)), ['a', 'b'], { stdio: 'pipe' }),
  ).toThrow(
    expect.objectContaining({
      status: 127,
      stderr: expect.toSatisfy((text) => /nla_len in libnl-3\.so\.200: .*libnl/.test(`${text}`)),
    }),
  );
});

test('a CRIU that calls more than is forwarded is left as it is', async () => {
  const prefix = prefixCalling('nla_of_a_newer_criu');
  const lines: string[] = [];
  await provideRestoreBinary(prefix, (line) => lines.push(line));
  expect(readdirSync(join(prefix, 'usr/sbin'))).toEqual(['criu']);
  expect(lines).toEqual([expect.stringContaining('undefined symbol: nla_of_a_newer_criu')]);
});

test('it is made again by a version with another library, and else left alone', async () => {
  const prefix = prefixCalling('nla_len');
  await provideRestoreBinary(prefix, told);
  const library = join(prefix, 'usr/lib/tubthump/libtubthump-on-demand.so');
  const [first, binary] = [readFileSync(library), restoreBinaryOf(binaryIn(prefix))];
  writeFileSync(binary, 'of an older version');
  await provideRestoreBinary(prefix, told);
  expect(readFileSync(binary, 'utf8')).toBe('of an older version');
  writeFileSync(library, 'older');
  await provideRestoreBinary(prefix, told);
  expect(readFileSync(library).equals(first)).toBe(true);
  expect(existsSync(binary)).toBe(true);
  expect(() => execFileSync(binary, ['a', 'b'])).toThrow(expect.objectContaining({ status: 7 }));
});
