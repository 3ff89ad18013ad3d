import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { TubthumpError } from '../errors/index.js';
import { Settling } from './settling.js';

const POLL_MS = 20;

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
  const agent = new Agent({ keepAlive: true });
  try {
    for (const url of urls) await firstAnswer(url, agent, timeoutMs, assertAlive);
    for (let sent = 1; sent < requests; sent++) {
      for (const url of urls) await request(url, agent);
      assertAlive();
    }
    if (untilStable) await settle(urls, agent, assertAlive);
  } finally {
    agent.destroy(); // An open connection would keep the service from being dumped.
  }
}

async function settle(urls: readonly string[], agent: Agent, assertAlive: () => void) {
  const settling = new Map(urls.map((url) => [url, new Settling()]));
  while ([...settling.values()].some(({ settled }) => !settled)) {
    for (const [url, latency] of settling) {
      const started = performance.now();
      await request(url, agent);
      latency.add(performance.now() - started);
    }
    assertAlive();
  }
}

async function firstAnswer(url: string, agent: Agent, timeoutMs: number, assertAlive: () => void) {
  const until = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < until) {
    assertAlive();
    try {
      const status = await request(url, agent);
      if (status < 400) return;
      last = `it answers with status ${status}`;
    } catch (error) {
      last = (error as Error).message;
    }
    await sleep(POLL_MS);
  }
  throw new TubthumpError('ERR_TUBTHUMP_NOT_READY', `no good answer from ${url}: ${last}`);
}

function request(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject);
  });
}
