import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCloneOptions, cloneArguments } from '../../src/clone/options.js';

describe('options of clone', () => {
  it('become the command line of the launcher', () => {
    const options = {
      count: 3,
      first: 2,
      port: '8100+',
      own: ['uts', 'ipc'],
      env: { A: '1={n}', B: '' },
      args: ['--x', '{n}'],
      reusePort: true,
      strict: true,
      timeoutMs: 1500,
    } as const;
    expect(cloneArguments('image', options)).toEqual([
      ...['clone', '--count', '3', '--first', '2', '--port', '8100+', '--own', 'uts,ipc'],
      ...['--timeout', '2', '--reuse-port', '--strict', '--env', 'A=1={n}', '--env', 'B='],
      ...[resolve('image'), '--', '--x', '{n}'],
    ]);
  });

  it('are none by default', () => {
    expect(cloneArguments('/image', { own: [] })).toEqual(['clone', '/image', '--']);
  });

  it.each([
    ['', {}, 'the image to be the path of a directory'],
    ['image', null, 'options to be an object'],
    ['image', { env: { A: 1 } }, '`env` to be an object of strings'],
    ['image', { stdio: 'file' }, "`stdio` to be 'pipe', 'inherit' or 'ignore'"],
    ['image', { timeoutMs: 0 }, '`timeoutMs` to be a positive number'],
  ])('%j with %j is wrong', (images, options, message) => {
    expect(() => checkCloneOptions(images, options as object)).toThrow(message);
  });
});
