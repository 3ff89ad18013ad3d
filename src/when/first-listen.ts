import { Server } from 'node:net';
import { ownSocket } from '../control/location.js';

type Listen = (this: Server, ...args: unknown[]) => Server;

/**
 * Runs `take` when a server is about to listen for the first time. That call, and all that follow
 * until `take` has ended, listen afterwards: in the original and in every copy.
 */
export function beforeFirstListen(take: () => Promise<void>): void {
  let taken: Promise<void> | undefined;
  const restore = wrapListen((server, listen) => {
    // Not at once: what follows the call in the service's own code still belongs before it.
    taken ??= nextTurn().then(take).finally(restore);
    taken.then(listen).catch((error) => server.emit('error', error));
    return server;
  });
}

/** Runs `take` once, when a server has begun to listen and whoever waited for that was told. */
export function afterFirstListen(take: () => unknown): void {
  let over = false;
  const first = () => {
    if (over) return;
    over = true;
    restore();
    setImmediate(take);
  };
  const restore = wrapListen((server, listen) => {
    server.once('listening', first);
    return listen();
  });
}

function wrapListen(around: (server: Server, listen: () => Server) => Server): () => void {
  const original = Server.prototype.listen as Listen;
  const wrapped: Listen = function (this: Server, ...args) {
    const listen = () => original.apply(this, args);
    return over || args[0] === ownSocket() ? listen() : around(this, listen);
  };
  let over = false;
  Server.prototype.listen = wrapped as typeof Server.prototype.listen;
  return () => {
    over = true;
    // Somebody may have wrapped ours meanwhile.
    if (Server.prototype.listen === (wrapped as unknown)) {
      Server.prototype.listen = original as typeof Server.prototype.listen;
    }
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
