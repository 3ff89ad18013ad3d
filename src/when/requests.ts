import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const FINISHED = 'http.server.response.finish';

/** Runs `take` once, when this process's http and https servers have answered `count` requests. */
export function afterRequests(count: number, take: () => unknown): void {
  let answered = 0;
  const finished = () => {
    if (++answered < count) return;
    unsubscribe(FINISHED, finished);
    setImmediate(take);
  };
  subscribe(FINISHED, finished);
}
