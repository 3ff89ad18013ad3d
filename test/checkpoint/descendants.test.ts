import { rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { afterEach, expect, it } from 'vitest';
import { serviceAt } from '../../src/checkpoint/descendants.js';
import { ownSocket } from '../../src/control/location.js';
import { closeControl, openControl } from '../../src/control/server.js';
import { startService } from '../integration/harness.js';

afterEach(closeControl);

it('a process that listens on its control socket is the service itself', async () => {
  await openControl();
  expect(serviceAt(process.pid)).toBe(process.pid);
});

it('a socket that an earlier process with the same pid has left makes no service', async () => {
  await openControl();
  await closeControl();
  writeFileSync(ownSocket(), '');
  try {
    const { pid } = await startService();
    expect(serviceAt(process.pid)).toBe(pid);
  } finally {
    rmSync(ownSocket());
  }
});
