import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { runCli } from './run-cli.js';

test('--help lists every command', () => {
  const { status, stdout } = runCli(['--help']);
  expect(status).toBe(0);
  for (const { name, summary } of COMMANDS)
    expect(stdout).toMatch(new RegExp(`${name} +${summary}`));
});

test('without a command, the help is shown, and the status says that one is missing', () => {
  expect(runCli([])).toMatchObject({ status: 64, stdout: runCli(['--help']).stdout });
});

test('--version is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(runCli(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  ['docter', 'did you mean doctor?'],
  ['stup', 'did you mean setup?'],
])('an unknown command %s: %s', (word, question) => {
  const { status, stdout, stderr } = runCli([word]);
  expect(status).toBe(64);
  expect(stdout).toBe('');
  expect(stderr).toMatch(new RegExp(`^tubthump: there is no command ${word}, `));
  expect(stderr).toContain(question);
  expect(stderr).toContain('(ERR_TUBTHUMP_USAGE)\nhint: ');
});

test('a word that is like no command gets no suggestion', () => {
  expect(runCli(['frobnicate']).stderr).toContain('no command frobnicate (ERR_TUBTHUMP_USAGE)');
});

test('an unknown option is an error of usage', () => {
  const { status, stderr } = runCli(['setup', '--frob']);
  expect(status).toBe(64);
  expect(stderr).toContain("'--frob'");
  expect(stderr).toContain('(ERR_TUBTHUMP_USAGE)');
});

test('errors are JSON with --json', () => {
  const { status, stderr } = runCli(['nothing', '--json']);
  expect(status).toBe(64);
  expect(JSON.parse(stderr)).toMatchObject({
    error: { code: 'ERR_TUBTHUMP_USAGE', message: 'there is no command nothing' },
  });
});

test('--json after -- belongs to the service', () => {
  expect(runCli(['nothing', '--', '--json']).stderr).toMatch(/^tubthump: /);
});

test.each(COMMANDS.filter(({ load }) => load).map(({ name }) => name))(
  '%s --help shows its own usage',
  (name) => {
    const { status, stdout } = runCli([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(`Usage: tubthump ${name}`);
  },
);
