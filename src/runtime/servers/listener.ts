import { lookup } from 'node:dns/promises';
import { chmodSync, closeSync } from 'node:fs';
import { type AddressInfo, createConnection, type Server } from 'node:net';
import process from 'node:process';
import { TubthumpError } from '../../errors/index.js';
import { callNative } from '../../native/load.js';
import { removeSocket, statAt } from '../../process/special-files.js';
import { nameOf, type Place } from './addresses.js';
import { park, unpark } from './parking.js';
import type { ListenArguments } from './track.js';

interface Handle {
  readonly fd?: number;
  close(closed?: () => void): void;
}

/** The first arguments of `_listen2`; nothing where a descriptor is listened on. */
type Address = readonly [string, number, number] | readonly [null, null, null];

interface Internals {
  _handle: Handle | null;
  _listen2(...args: readonly unknown[]): void;
}

/** What a socket that is bound already takes as its address. */
const NOWHERE: Address = [null, null, null];

/** A server that is not listening for the time of a freeze, and that does not know. */
export class Listener {
  readonly place: Place;
  readonly server: Server;
  readonly #backlog: number | undefined;
  readonly #flags: number | undefined;
  readonly #mode: bigint | undefined;
  readonly #standIn = { close() {}, ref() {}, unref() {} };
  #parked: number | undefined;

  constructor(server: Server, [, , , backlog, , flags]: ListenArguments) {
    this.server = server;
    this.#backlog = backlog;
    this.#flags = flags;
    this.place = placeOf(server);
    // A socket in the abstract namespace has none.
    if ('path' in this.place) this.#mode = statAt(this.place.path)?.mode;
  }

  /**
   * Stops accepting. Established connections go on; no `close` is emitted.
   * @param queue whether who connects meanwhile is queued for `open`, instead of refused. Not on a
   *   Unix-domain socket, whose file libuv removes with the handle.
   */
  close({ queue }: { readonly queue: boolean }): Promise<void> {
    return new Promise((resolve) => {
      const internals = this.server as unknown as Internals;
      const handle = internals._handle;
      if (queue && handle?.fd !== undefined && 'port' in this.place) {
        this.#parked = park(handle.fd);
      }
      // Without one the server would emit `close` as its last connection ends.
      internals._handle = this.#standIn;
      if (handle) handle.close(resolve);
      else resolve();
    });
  }

  /**
   * Listens with the options of before; no `listening` is emitted. A server that the application has
   * closed since stays closed.
   * @param shared whether other processes may listen on the same address (SO_REUSEPORT)
   * @throws TubthumpError ERR_TUBTHUMP_ADDRESS
   */
  async open(place: Place, shared = false): Promise<void> {
    const fd = this.#parked;
    const isBack = fd !== undefined && unpark(fd);
    if ((this.server as unknown as Internals)._handle !== this.#standIn) {
      if (isBack) closeSync(fd);
      return;
    }
    try {
      if (isBack) await this.#listen(NOWHERE, fd);
      else await this.#listenAnew(await addressOf(place), shared && 'port' in place);
      if ('path' in place && this.#mode !== undefined)
        chmodSync(place.path, Number(this.#mode & 0o777n));
    } catch (cause) {
      const { message } = cause as Error;
      throw new TubthumpError(
        'ERR_TUBTHUMP_ADDRESS',
        `cannot listen on ${nameOf(place)}: ${message}`,
        { cause },
      );
    }
  }

  #listenAnew(address: Address, shared: boolean): Promise<void> {
    if (!shared) return this.#listen(address);
    const [host, port] = address as [string, number, number];
    return this.#listen(NOWHERE, bindShared(host, port, this.#flags));
  }

  /**
   * Not by interposing `emit`: V8 gives up the machine code of what answers requests when the server
   * gets another hidden class.
   * @param fd a socket that is bound already
   */
  async #listen([address, port, type]: Address, fd?: number): Promise<void> {
    const internals = this.server as unknown as Internals;
    internals._handle = null;
    internals._listen2(address, port, type, this.#backlog, fd, this.#flags);
    const handle = internals._handle as Handle | null;
    if (!handle) throw await nextError(this.server);
    // Node emits `listening` at its next tick, of a server that still has its handle then.
    internals._handle = null;
    // With an argument, as its own: without one it would give up the machine code that calls them.
    await new Promise((resolve) => process.nextTick(resolve, null));
    internals._handle = handle;
  }
}

/** What the server is about to emit as its `error`, and then does not. */
function nextError(server: Server): Promise<unknown> {
  const { emit } = server;
  // Somebody else may have put one there, too.
  const own = Object.getOwnPropertyDescriptor(server, 'emit');
  return new Promise<unknown>((resolve) => {
    server.emit = function (this: Server, event: string, ...args: unknown[]) {
      if (event !== 'error') return Reflect.apply(emit, this, [event, ...args]) as boolean;
      resolve(args[0]);
      return true;
    } as typeof emit;
  }).finally(() => {
    if (own) Object.defineProperty(server, 'emit', own);
    else Reflect.deleteProperty(server, 'emit');
  });
}

/** UV_TCP_IPV6ONLY of libuv. */
const V6_ONLY = 1;

function bindShared(host: string, port: number, flags = 0): number {
  return callNative((addon) => addon.bindShared(host, port, (flags & V6_ONLY) !== 0));
}

function placeOf(server: Server): Place {
  const address = server.address() as AddressInfo | string;
  return typeof address === 'string'
    ? { path: address }
    : { host: address.address, port: address.port, family: address.family === 'IPv6' ? 6 : 4 };
}

async function addressOf(place: Place): Promise<Address> {
  if ('path' in place) {
    await removeStale(place.path);
    return [place.path, -1, -1];
  }
  const { host, port } = place;
  if (place.family) return [host, port, place.family];
  const { address, family } = await lookup(host); // An address is its own.
  return [address, port, family];
}

/** The socket file of a process that had no time to remove it refuses every bind(2): unix(7). */
async function removeStale(path: string): Promise<void> {
  if (!statAt(path)?.isSocket()) return;
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createConnection(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(undefined);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  if (code === 'ECONNREFUSED') removeSocket(path);
}
