import { setTimeout as sleep } from 'node:timers/promises';

/** Where undici, Node's own and the package, keeps what `fetch` sends its requests through. */
const GLOBALS = [
  Symbol.for('undici.globalDispatcher.1'),
  Symbol.for('undici.globalDispatcher.2'),
] as const;

const POLL_MS = 5;

interface Dispatcher {
  close(): Promise<void>;
  destroy(): Promise<void>;
}

/** undici 6 keeps dispatchers by origin, undici 7 counted ones. */
type Clients = Map<unknown, Dispatcher | { readonly dispatcher: Dispatcher }>;

/** Taken out of their dispatcher, and with requests that are not answered yet. */
const leaving = new Set<Dispatcher>();

/**
 * Ends the connections of undici's global dispatcher when their requests are answered. The dispatcher
 * stays, with the options that it was given, and connects anew.
 * @param cut whether those that are in use at `deadline` are ended, too, or left
 */
export async function dropFetchConnections(deadline: number, cut: boolean): Promise<void> {
  for (const client of globalDispatchers().flatMap(takeClients)) {
    leaving.add(client);
    client.close().finally(() => leaving.delete(client));
  }
  if (leaving.size === 0) return;
  while (leaving.size > 0 && performance.now() < deadline) await sleep(POLL_MS);
  if (cut) await Promise.all([...leaving].map((client) => client.destroy()));
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
