import { setTimeout as sleep } from 'node:timers/promises';

/** Where undici, Node's own and the package, keeps what `fetch` sends its requests through. */
const GLOBALS = [
  Symbol.for('undici.globalDispatcher.1'),
  Symbol.for('undici.globalDispatcher.2'),
] as const;

interface Dispatcher {
  close(): Promise<void>;
}

/** undici 6 keeps dispatchers by origin, undici 7 counted ones. */
type Clients = Map<unknown, Dispatcher | { readonly dispatcher: Dispatcher }>;

/**
 * Ends the connections of undici's global dispatcher when their requests are answered, or leaves them
 * at `deadline`. The dispatcher stays, with the options that it was given, and connects anew.
 */
export async function dropFetchConnections(deadline: number): Promise<void> {
  const closing = globalDispatchers()
    .flatMap(takeClients)
    .map((client) => client.close());
  if (closing.length === 0) return;
  const late = new AbortController();
  const rest = Math.max(0, deadline - performance.now());
  await Promise.race([
    Promise.allSettled(closing).finally(() => late.abort()),
    sleep(rest, undefined, { signal: late.signal }).catch(() => {}),
  ]);
  // The descriptors of ended sockets are closed by the loop's next round.
  await sleep(1);
}

function globalDispatchers(): object[] {
  const shared = globalThis as { [key: symbol]: object | undefined };
  return [...new Set(GLOBALS.map((key) => shared[key]))].filter((found) => found !== undefined);
}

/** What the dispatcher has open, taken out of it: it makes a new one for the next request. */
function takeClients(dispatcher: object): Dispatcher[] {
  for (const key of Object.getOwnPropertySymbols(dispatcher)) {
    if (key.description !== 'clients') continue;
    const clients = (dispatcher as { [key: symbol]: unknown })[key];
    if (!(clients instanceof Map)) continue;
    const open = [...(clients as Clients).values()];
    clients.clear();
    return open.map((client) => ('dispatcher' in client ? client.dispatcher : client));
  }
  return [];
}
