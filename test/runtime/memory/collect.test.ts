import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const FIXTURE = resolve('test/fixtures/hot-server.mjs');
const BUFFERS = resolve('test/fixtures/dead-buffers.mjs');
/** Exit statuses of the fixture. */
const [MADE, NOT_MADE] = [0, 3];
const OPTIONS = ['--expose-gc', '--trace-deopt'];

describe.each(['20', '22', '24', '26'])('on Node %s', (major) => {
  const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

  /** How it went, and how many pieces of code the server has lost for want of objects. */
  function collection(how: 'in-steps' | 'at-once', options: readonly string[] = [], ballast = 0) {
    const command = [...OPTIONS, ...options, FIXTURE, how, `${ballast}`];
    const { status, stdout } = spawnSync(node, command, { encoding: 'utf8', maxBuffer: 1 << 26 });
    return { status, lost: stdout.match(/reason: (embedded )?weak objects/g)?.length ?? 0 };
  }

  it('a collection in steps keeps the code of a server that has no request', () => {
    const { status, lost } = collection('in-steps');
    expect(status).toBe(MADE);
    expect(lost).toBeLessThan(5);
    // Else it would not be worth the trouble.
    expect(collection('at-once').lost).toBeGreaterThan(20);
  });

  it.each([
    ['no collection', []],
    ['a collection', ['marking']],
  ])('contents of buffers go with it, and with %s under way', (_, args) => {
    const { status, stdout } = spawnSync(node, [BUFFERS, ...args], { encoding: 'utf8' });
    expect(status).toBe(0);
    const { before, after } = JSON.parse(stdout);
    expect(before - after).toBeGreaterThan(99 << 20);
  });

  it('is not made where V8 does not mark in steps', () => {
    expect(collection('in-steps', ['--no-incremental-marking'])).toMatchObject({
      status: NOT_MADE,
    });
  });

  it('ends nobody whose heap is full', () => {
    const small = ['--max-old-space-size=60', '--max-semi-space-size=1'];
    const { status } = collection('in-steps', small, 50);
    expect([MADE, NOT_MADE]).toContain(status);
  });
});
