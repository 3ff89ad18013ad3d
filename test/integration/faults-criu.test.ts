import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint, askStatus } from '../../src/control/client.js';
import { hasEnded } from '../../src/control/location.js';
import { criuCache } from '../../src/criu/cache.js';
import { candidates } from '../../src/criu/candidates.js';
import {
  end,
  exitOf,
  get,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';
import { descriptorsAtRest, descriptorsOf, mark, marked } from './traces.js';

const realCriu = candidates({ environment: process.env, cache: criuCache() })[0]?.path as string;

/** A CRIU that is killed at one of its own notifications: an action script, criu(8), does it. */
function mortalCriu(notification: string): string {
  const directory = temporaryDirectory();
  const path = (name: string) => join(directory, name);
  const script = (name: string, text: string) => {
    writeFileSync(path(name), `#!/bin/sh\n${text}\n`);
    chmodSync(path(name), 0o755);
  };
  script('kill', `if [ "$CRTOOLS_SCRIPT_ACTION" = ${notification} ]; then kill -KILL $PPID; fi`);
  writeFileSync(path('criu.conf'), `action-script ${path('kill')}\n`);
  script('criu', `export CRIU_CONFIG_FILE=${path('criu.conf')}\nexec ${realCriu} "$@"`);
  return path('criu');
}

describe('CRIU is killed in a dump: no image, and the service serves as before', () => {
  it.each(['pre-dump', 'post-dump'])('at %s', async (notification) => {
    const images = join(temporaryDirectory(), 'image');
    const environment = mark();
    const service = await startService(undefined, [], environment);
    const before = await descriptorsAtRest(service.pid);
    const criu = mortalCriu(notification);
    await expect(askCheckpoint(service.pid, { images, criu })).rejects.toThrow(
      /CRIU closed the connection without an answer/,
    );
    expect((await get(service.port, '/log')).requests).toBe(2);
    await waitForOutput(service, /logged by request 2/);
    expect(readdirSync(dirname(images))).toEqual([]);
    const everybody = [service.child.pid as number, service.pid].sort((a, b) => a - b);
    await expect.poll(() => marked(environment)).toEqual(everybody);
    await expect.poll(() => descriptorsOf(service.pid)).toEqual(before);
    // Nothing is in the way of the next one.
    await askCheckpoint(service.pid, { images });
    await end(service.child);
  });
});

describe('CRIU is killed in a restore: no copy is left', () => {
  it.each(['pre-restore', 'post-restore', 'pre-resume', 'post-resume'])('at %s', async (at) => {
    const images = join(temporaryDirectory(), 'image');
    const environment = mark();
    const service = await startService(undefined, [], environment);
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    const criu = mortalCriu(at);

    const copy = launch(['restore', images, '--criu', criu], environment);
    expect((await exitOf(copy.child)).status).toBe(70);
    expect(copy.output()).toContain('ERR_TUBTHUMP_RPC_CLOSED');
    await expect.poll(() => marked(environment)).toEqual([]);
    expect(hasEnded(service.pid)).toBe(true);

    const options = ['--images', images, '--criu', criu];
    const run = launch(['run', ...options, '--', process.execPath, SERVICE], {
      PORT: String(service.port),
    });
    // Until its CRIU is found dead, a copy that it has let go answers.
    await waitForOutput(run, /ERR_TUBTHUMP_RPC_CLOSED/);
    const { requests, pid } = await get(service.port);
    expect(requests).toBe(1);
    expect(await askStatus(pid)).toMatchObject({
      start: 'fallback',
      fallback: { code: 'ERR_TUBTHUMP_RPC_CLOSED' },
    });
    await end(run.child);
  });
});
