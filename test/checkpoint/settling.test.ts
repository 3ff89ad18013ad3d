import { describe, expect, it } from 'vitest';
import { QUIET_WINDOWS, Settling, WINDOW } from '../../src/checkpoint/settling.js';

/** Requests until it has settled. */
function requestsUntilSettled(latencyOf: (request: number) => number): number {
  const settling = new Settling();
  for (let request = 0; request < 1_000_000; request++) {
    if (settling.settled) return request;
    settling.add(latencyOf(request));
  }
  throw new Error('never settled');
}

describe('latency has settled', () => {
  it('after one window and five that are not better, when it never changes', () => {
    expect(requestsUntilSettled(() => 7)).toBe((1 + QUIET_WINDOWS) * WINDOW);
  });

  it('not before a service has become fast', () => {
    const fast = 10 * WINDOW;
    // A tenth faster with every window until then.
    const latency = (request: number) => 0.9 ** Math.floor(Math.min(request, fast) / WINDOW);
    expect(requestsUntilSettled(latency)).toBe(fast + (1 + QUIET_WINDOWS) * WINDOW);
  });

  it('whatever a few slow requests do', () => {
    const latency = (request: number) => (request % 3 === 0 ? 500 : 7);
    expect(requestsUntilSettled(latency)).toBe((1 + QUIET_WINDOWS) * WINDOW);
  });

  it('also when it gets worse, or better by less than 5 % again and again', () => {
    expect(requestsUntilSettled((request) => 1 + request)).toBe((1 + QUIET_WINDOWS) * WINDOW);
    expect(requestsUntilSettled((request) => 1 / (1 + request / 1000))).toBeLessThan(1_000_000);
  });
});
