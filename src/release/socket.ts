import { once } from 'node:events';
import { Server, type Socket } from 'node:net';
import { TubthumpError } from '../errors/index.js';
import { listenedWith, type NetObject, netObject } from '../origins/sockets.js';
import { putNull } from './placeholder.js';

/** Ends the connection or the server of a descriptor; its object sees a 'close'. */
export async function closeSocket(fd: number): Promise<void> {
  const object = netObject(fd);
  if (!object) return putNull(fd);
  if (object instanceof Server) {
    object.close();
    return;
  }
  const closed = once(object, 'close');
  (object as Socket).destroy();
  await closed;
}

/**
 * Stops listening without a 'close' event, and listens again as `listen` was called.
 * @returns undefined when it is no server of Node's
 */
export function listenLater(fd: number): (() => Promise<void>) | undefined {
  const server = netObject(fd) as (Server & NetObject) | undefined;
  const args = server instanceof Server ? listenedWith(server) : undefined;
  if (!(server instanceof Server) || !args) return undefined;
  const address = server.address();
  const { _handle: handle } = server as unknown as { _handle: { close(): void } };
  handle.close();
  (server as NetObject)._handle = null;
  return async () => {
    const listening = once(server, 'listening');
    // What is to be called back was called when it listened first.
    server.listen(
      ...(withPort(args, address).filter(isNoCallback) as Parameters<Server['listen']>),
    );
    await listening.catch((cause: Error) => {
      throw new TubthumpError('ERR_TUBTHUMP_REOPEN', `listen again: ${cause.message}`, { cause });
    });
  };
}

function isNoCallback(argument: unknown): boolean {
  return typeof argument !== 'function';
}

/** The port that the system chose for port 0 stays. */
function withPort(args: readonly unknown[], address: ReturnType<Server['address']>): unknown[] {
  const [first, ...rest] = args;
  const port = typeof address === 'object' ? address?.port : undefined;
  if (port === undefined) return [...args];
  if (typeof first === 'object' && first !== null) return [{ ...first, port }, ...rest];
  return args.length === 0 || isCallbackOnly(args) ? [port] : [port, ...rest];
}

function isCallbackOnly([first]: readonly unknown[]): boolean {
  return typeof first === 'function';
}
