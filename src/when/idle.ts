import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { afterFirstListen } from './first-listen.js';

const STARTED = 'http.server.request.start';

/**
 * Runs `take` once, when a server listens and no http or https request has been in work for `ms`.
 */
export function afterIdle(ms: number, take: () => unknown): void {
  let listens = false;
  let inWork = 0;
  let timer: NodeJS.Timeout | undefined;

  const over = () => {
    unsubscribe(STARTED, started);
    take();
  };
  const wait = () => {
    clearTimeout(timer);
    if (listens && inWork === 0) timer = setTimeout(over, ms).unref();
  };
  const started = (message: unknown) => {
    inWork++;
    clearTimeout(timer);
    // Not only `finish`: a client may hang up before it has its answer.
    (message as { response: ServerResponse }).response.once('close', () => {
      inWork--;
      wait();
    });
  };
  subscribe(STARTED, started);
  afterFirstListen(() => {
    listens = true;
    wait();
  });
}
