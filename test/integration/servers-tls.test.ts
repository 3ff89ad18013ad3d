import { once } from 'node:events';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, launch, temporaryDirectory } from './harness.js';
import { startServers } from './servers.js';

interface Visit {
  readonly reused: boolean;
  readonly ticket: Buffer;
}

/** One handshake and one request, with a session ticket if there is one. */
async function visit(port: number, ticket?: Buffer): Promise<Visit> {
  for (;;) {
    const socket = connect({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2', // With 1.3 the name of the key is the same, but hidden in a ticket of many.
      ...(ticket && { session: ticket }),
    });
    try {
      await once(socket, 'secureConnect');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
      await new Promise((done) => setTimeout(done, 10));
      continue;
    }
    const reused = socket.isSessionReused();
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    socket.resume();
    await once(socket, 'end');
    const session = socket.getSession() as Buffer;
    socket.destroy();
    return { reused, ticket: session };
  }
}

describe('session tickets', () => {
  it('of one copy are worth nothing at its image or at another copy', async () => {
    const service = await startServers(['https']);
    const port = service.ports.https as number;
    const first = await visit(port);
    expect((await visit(port, first.ticket)).reused).toBe(true);
    const images = join(temporaryDirectory(), 'image');
    await askCheckpoint(service.pid, { images, leaveRunning: true });
    expect((await visit(port, first.ticket)).reused).toBe(true);
    await end(service.child);

    const copy = launch(['restore', images]);
    const second = await visit(port, first.ticket);
    expect(second.reused).toBe(false);
    expect((await visit(port, second.ticket)).reused).toBe(true);
    await end(copy.child);
    await exitOf(copy.child);

    const other = launch(['restore', images]);
    expect((await visit(port, second.ticket)).reused).toBe(false);
    await end(other.child);
  });
});
