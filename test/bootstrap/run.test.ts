import { expect, test, vi } from 'vitest';
import { run } from '../../scripts/bootstrap/run.mjs';

test('is quiet, and gives what was printed', async () => {
  expect(await run('sh', ['-c', 'echo $GREETING'], { env: { GREETING: 'hello' } })).toBe('hello\n');
});

test('shows the output of what failed, and names the command', async () => {
  const shown: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown.push(String(text));
    return true;
  });
  try {
    await expect(run('sh', ['-c', 'echo reason >&2; exit 3'])).rejects.toMatchObject({
      name: 'SetupProblem',
      message: 'sh -c echo reason >&2; exit 3 failed (3)',
    });
  } finally {
    write.mockRestore();
  }
  expect(shown.join('')).toContain('reason\n');
});

test('a program that is not there is a problem, too', async () => {
  await expect(run('no-such-program', [])).rejects.toMatchObject({ name: 'SetupProblem' });
});

test('children do not hear of the npm that runs us', async () => {
  vi.stubEnv('npm_package_name', 'tubthump');
  try {
    expect(await run('sh', ['-c', 'echo "[$npm_package_name]"'])).toBe('[]\n');
  } finally {
    vi.unstubAllEnvs();
  }
});
