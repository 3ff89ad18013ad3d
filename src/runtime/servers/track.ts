import { Server, type Socket } from 'node:net';

/** What `_listen2` takes: the resolved form of everything that `listen` takes. */
export type ListenArguments = readonly [
  address: string | null,
  port: number | null,
  /** 4 or 6; -1 for a path, 0 or undefined for a handle that is there already. */
  addressType: number | undefined,
  backlog: number | undefined,
  fd: number | undefined,
  /** libuv's: UV_TCP_IPV6ONLY, UV_TCP_REUSEPORT. */
  flags: number | undefined,
];

/** Of http2: streams share one connection. */
export interface Session {
  close(): void;
  destroy(): void;
}

/** A server, what it was told to listen on, and who is connected. */
export interface TrackedServer {
  readonly server: Server;
  readonly listen: ListenArguments;
  readonly sockets: ReadonlySet<Socket>;
  readonly sessions: ReadonlySet<Session>;
}

interface Records {
  listen: ListenArguments;
  readonly sockets: Set<Socket>;
  readonly sessions: Set<Session>;
}

/** lib/net.js calls it on the server, "to avoid breaking code that wraps this method". */
type Listen2 = (this: Server, ...args: unknown[]) => void;

const records = new WeakMap<Server, Records>();
const servers = new Set<WeakRef<Server>>();
let tracking = false;

/** Remembers every server that listens from now on, weakly, and its connections. */
export function trackServers(): void {
  if (tracking) return;
  tracking = true;
  const prototype = Server.prototype as Server & { _listen2: Listen2 };
  const listen2 = prototype._listen2;
  prototype._listen2 = function (this: Server, ...args: unknown[]) {
    remember(this, args as unknown as ListenArguments);
    Reflect.apply(listen2, this, args);
  };
}

export function listeningServers(): TrackedServer[] {
  const alive: TrackedServer[] = [];
  for (const reference of servers) {
    const server = reference.deref();
    if (!server) servers.delete(reference);
    else if (server.listening) alive.push({ server, ...(records.get(server) as Records) });
  }
  return alive;
}

function remember(server: Server, listen: ListenArguments): void {
  const known = records.get(server);
  if (known) {
    known.listen = listen;
    return;
  }
  const record: Records = { listen, sockets: new Set(), sessions: new Set() };
  records.set(server, record);
  servers.add(new WeakRef(server));
  server.on('connection', (socket: Socket) => follow(record.sockets, socket));
  // Only servers of http2 emit it.
  server.on('session', (session: Session & Socket) => follow(record.sessions, session));
}

function follow<T>(set: Set<T>, member: T & Socket): void {
  set.add(member);
  member.once('close', () => set.delete(member));
}
