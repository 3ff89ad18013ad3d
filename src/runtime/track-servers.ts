import { Server as HttpServer } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import { Server } from 'node:net';

const servers = new Set<WeakRef<Server>>();
let tracking = false;

/** Remembers every server that listens from now on, weakly. */
export function trackServers(): void {
  if (tracking) return;
  tracking = true;
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    servers.add(new WeakRef(this));
    return Reflect.apply(listen, this, args) as Server;
  } as typeof listen;
}

export function listeningServers(): Server[] {
  const alive: Server[] = [];
  for (const reference of servers) {
    const server = reference.deref();
    if (!server) servers.delete(reference);
    else if (server.listening) alive.push(server);
  }
  return alive;
}

export function isHttp(server: Server): server is HttpServer {
  return server instanceof HttpServer || server instanceof HttpsServer;
}
