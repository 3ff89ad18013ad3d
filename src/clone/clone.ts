import { TubthumpError } from '../errors/index.js';
import { Copy } from './copy.js';
import { CloneError } from './error.js';
import type { CloneEvent } from './events.js';
import { Keeper } from './keeper.js';
import { type CloneOptions, checkCloneOptions } from './options.js';

const READY_TIMEOUT_MS = 60_000;

/** Copies in the order of their numbers; disposing of them ends all. */
export type Copies = readonly Copy[] & AsyncDisposable;

/**
 * Restores copies of an image that live side by side, each in a pid namespace of its own. They end
 * when this process does, however it ends. Any number of calls at the same time.
 * @param images directory of the image
 * @returns when every copy runs; that its servers listen, too, is what `copy.ready` says
 * @throws CloneError when some did not come up; TubthumpError ERR_TUBTHUMP_OPTIONS, or what keeps
 *   any copy from being made: ERR_TUBTHUMP_IMAGE_*, _NAMESPACE, _CRIU_NOT_FOUND, _USAGE
 */
export async function clone(images: string, options: CloneOptions = {}): Promise<Copies> {
  checkCloneOptions(images, options);
  const first = options.first ?? 1;
  const copies = new Map<number, Copy>();
  const errors: TubthumpError[] = [];
  await new Promise<void>((resolve, reject) => {
    const onEvent = (event: CloneEvent) => {
      switch (event.event) {
        case 'restored': {
          const limit = options.readyTimeoutMs ?? READY_TIMEOUT_MS;
          copies.set(event.copy, new Copy(keeper, event, event.copy - first, limit));
          break;
        }
        case 'failed':
          errors.push(failure(event));
          break;
        case 'lost':
          copies.get(event.copy)?.lose(failure(event));
          break;
        case 'exited':
          copies.get(event.copy)?.end(event.status, event.signal);
          break;
        case 'settled':
          resolve();
      }
    };
    const keeper = new Keeper(images, options, onEvent);
    keeper.ended().then((error) => {
      // Killed, it had no chance to tell; its copies were killed with it.
      for (const copy of copies.values()) copy.end(0, 9);
      reject(error ?? new TubthumpError('ERR_TUBTHUMP_CLONE', 'the launcher was ended'));
    });
  });
  const living = [...copies.values()].sort((one, other) => one.number - other.number);
  if (errors.length > 0) throw new CloneError(living, options.count ?? 1, errors);
  return Object.assign(living, {
    async [Symbol.asyncDispose]() {
      await Promise.all(living.map((copy) => copy[Symbol.asyncDispose]()));
    },
  });
}

type Failure = Extract<CloneEvent, { event: 'failed' | 'lost' }>;

function failure({ copy, code, message, log }: Failure): TubthumpError {
  return new TubthumpError(code, `copy ${copy}: ${message}`, { log });
}
