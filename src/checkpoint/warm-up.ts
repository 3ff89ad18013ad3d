import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { TubthumpError } from '../errors/index.js';
import { Settling } from './settling.js';

const POLL_MS = 20;
/**
 * Clients come and go. What V8 has compiled for one connection knows too little of the next one: of
 * 5000 requests over a single one, the first after it had to give up 47 functions (Node 24), of 5000
 * over connections of 20 to 200 none to two.
 */
const REQUESTS_PER_CONNECTION = 50;

export interface WarmUp {
  readonly urls: readonly string[];
  /** Requests to each URL. */
  readonly requests: number;
  /** How long to wait for the first good answer of each, in ms. */
  readonly timeoutMs: number;
  /** Goes on until the latency of each has settled: see Settling. */
  readonly untilStable?: boolean;
  /** Throws when waiting on has no sense. */
  assertAlive(): void;
}

/**
 * Sends the warm-up requests, in turns over the URLs, so that what they need is compiled and cached
 * in the image.
 * @throws TubthumpError ERR_TUBTHUMP_NOT_READY when a URL never answers with a status below 400
 */
export async function warmUp(options: WarmUp): Promise<void> {
  const { urls, requests, timeoutMs, untilStable, assertAlive } = options;
  const client = new Client();
  try {
    for (const url of urls) await firstAnswer(url, client, timeoutMs, assertAlive);
    for (let sent = 1; sent < requests; sent++) {
      for (const url of urls) await client.request(url);
      assertAlive();
    }
    if (untilStable) await settle(urls, client, assertAlive);
  } finally {
    client.close(); // An open connection would keep the service from being dumped.
  }
}

async function settle(urls: readonly string[], client: Client, assertAlive: () => void) {
  const settling = new Map(urls.map((url) => [url, new Settling()]));
  while ([...settling.values()].some(({ settled }) => !settled)) {
    for (const [url, latency] of settling) {
      const started = performance.now();
      await client.request(url);
      latency.add(performance.now() - started);
    }
    assertAlive();
  }
}

async function firstAnswer(
  url: string,
  client: Client,
  timeoutMs: number,
  assertAlive: () => void,
) {
  const until = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < until) {
    assertAlive();
    try {
      const status = await client.request(url);
      if (status < 400) return;
      last = `it answers with status ${status}`;
    } catch (error) {
      last = (error as Error).message;
    }
    await sleep(POLL_MS);
  }
  throw new TubthumpError('ERR_TUBTHUMP_NOT_READY', `no good answer from ${url}: ${last}`);
}

/** One connection to each host at a time; after some requests it is another one. */
class Client {
  readonly #agent = new Agent({ keepAlive: true });
  #sent = 0;

  /** @returns the status */
  request(url: string): Promise<number> {
    if (++this.#sent % REQUESTS_PER_CONNECTION === 0) this.close();
    return new Promise((resolve, reject) => {
      get(url, { agent: this.#agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      }).once('error', reject);
    });
  }

  /** The next request opens another connection. */
  close(): void {
    this.#agent.destroy();
  }
}
