import { subscribe } from 'node:diagnostics_channel';
import { Server, Socket } from 'node:net';
import { captureOrigin, type Origin } from './origin.js';
import { WeakList } from './weak-list.js';
import { wrap } from './wrap.js';

/** A server or a connection of node:net, and so of tls, http, https and http2. */
export type NetObject = (Socket | Server) & { _handle?: { fd?: number } | null };

const objects = new WeakList<NetObject>();
const origins = new WeakMap<NetObject, Origin>();
/** What `listen` was called with, so that it can be called again. */
const listenArguments = new WeakMap<Server, readonly unknown[]>();

/** Remembers who connects and who listens. */
export function watchSockets(): void {
  wrap(
    Socket.prototype,
    'connect',
    (connect) =>
      function wrapped(this: NetObject, ...args: unknown[]) {
        remember(this, captureOrigin(wrapped));
        return Reflect.apply(connect, this, args);
      },
  );
  wrap(
    Server.prototype,
    'listen',
    (listen) =>
      function wrapped(this: Server, ...args: unknown[]) {
        remember(this, captureOrigin(wrapped));
        listenArguments.set(this, args);
        return Reflect.apply(listen, this, args);
      },
  );
  // Connections that servers accept: nobody's call, so they count as their server's.
  subscribe('net.server.socket', (message) => objects.add((message as { socket: Socket }).socket));
}

function remember(object: NetObject, origin: Origin): void {
  if (!origins.has(object)) objects.add(object);
  origins.set(object, origin);
}

/** The object of Node that owns descriptor `fd`, if it has one. */
export function netObject(fd: number): NetObject | undefined {
  return objects.alive().find((object) => object._handle?.fd === fd);
}

export function originOfSocket(fd: number): Origin | undefined {
  const object = netObject(fd);
  if (!object) return undefined;
  const { server } = object as { server?: Server };
  return origins.get(object) ?? (server && origins.get(server));
}

export function listenedWith(server: Server): readonly unknown[] | undefined {
  return listenArguments.get(server);
}
