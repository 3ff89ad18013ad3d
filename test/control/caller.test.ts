import { execFile } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { askStatus } from '../../src/control/client.js';
import { ownSocket } from '../../src/control/location.js';
import { closeControl, openControl } from '../../src/control/server.js';

const NOBODY = 65534;

/** What a process of this user gets from our socket. */
async function askAs(uid: number): Promise<string> {
  const script = `
    const client = require('node:net').createConnection(${JSON.stringify(ownSocket())});
    client.on('connect', () => process.stdout.write('connected, '));
    client.on('data', (data) => process.stdout.write(data));
    client.on('error', () => {}).on('close', () => process.stdout.write('closed'));
    client.write('{"operation":"status"}\\n');`;
  const args = [`--reuid=${uid}`, '--clear-groups', process.execPath, '-e', script];
  return (await promisify(execFile)('setpriv', args)).stdout;
}

describe('the control socket', () => {
  afterEach(closeControl);

  it("is its user's alone, and so is its directory", async () => {
    await openControl();
    expect(statSync(ownSocket()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(ownSocket())).mode & 0o777).toBe(0o700);
  });

  it('answers root, and nobody else, to whomever its directory was opened', async () => {
    await openControl();
    const directory = dirname(ownSocket());
    chmodSync(ownSocket(), 0o666);
    chmodSync(directory, 0o711);
    try {
      expect(await askAs(0)).toContain('"state":"running"');
      expect(await askAs(NOBODY)).toBe('connected, closed');
    } finally {
      chmodSync(directory, 0o700);
    }
  });

  it('answers its user', async () => {
    await openControl();
    expect(await askStatus(process.pid)).toMatchObject({ pid: process.pid, state: 'running' });
  });
});
