import { expect, test } from 'vitest';
import { run } from '../../src/process/run.js';

test('a status other than 0 is a result', async () => {
  const result = await run('sh', ['-c', 'echo out; echo err >&2; exit 3'], { timeoutMs: 5_000 });
  expect(result).toEqual({
    status: 3,
    signal: null,
    stdout: 'out\n',
    stderr: 'err\n',
    timedOut: false,
  });
});

test('a program that is not there is an error of the system', async () => {
  await expect(run('/nowhere', [], { timeoutMs: 5_000 })).rejects.toMatchObject({ code: 'ENOENT' });
});

test('standard input is empty, and environment and directory are those given', async () => {
  const options = { cwd: '/', env: { PATH: process.env.PATH, A: 'b' }, timeoutMs: 5_000 };
  const { stdout } = await run('sh', ['-c', 'cat; pwd; echo $A'], options);
  expect(stdout).toBe('/\nb\n');
});

test('the time limit ends a group with all its children', async () => {
  // Without the group, the sleeping child would hold the pipes open for as long as it lives.
  const result = await run('sh', ['-c', 'sleep 600; true'], { timeoutMs: 100, group: true });
  expect(result).toMatchObject({ status: null, signal: 'SIGKILL', timedOut: true });
});
