import { describe, expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

const URL = 'http://127.0.0.1:3000/';

describe('bench refuses', () => {
  test.each([
    ['no URL', ['--', 'node'], '--url URL is missing'],
    ['no command', ['--url', URL], 'the command after `--` is missing'],
    ['another machine', ['--url', 'http://example.com/', '--', 'node'], '--url takes http://127'],
    ['another protocol', ['--url', 'https://127.0.0.1:1/', '--', 'node'], '--url takes http://127'],
    ['what is no URL', ['--url', '3000', '--', 'node'], 'not 3000'],
    ['no samples', ['--url', URL, '--samples', '0', '--', 'node'], '--samples takes a positive'],
    ['an unknown row', ['--url', URL, '--only', 'nobody', '--', 'node'], 'no row has such a name'],
    ['half a pattern', ['--url', URL, '--only', '(', '--', 'node'], 'a regular expression, not ('],
  ])('%s', (_, args, message) => {
    const { status, stdout, stderr } = runCli(['bench', ...args]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('(ERR_TUBTHUMP_USAGE)');
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  });
});
