import { TubthumpError } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';

export function aborted(signal: AbortSignal | undefined): TubthumpError {
  const message = 'cancelled by the caller';
  return new TubthumpError('ERR_TUBTHUMP_RPC_ABORTED', message, { cause: signal?.reason });
}

/** A service may take its time to accept; whoever has given up closes what comes then. */
export async function unlessAborted(
  opening: Promise<NativeSession>,
  signal: AbortSignal | undefined,
): Promise<NativeSession> {
  if (!signal) return await opening;
  let giveUp = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(aborted(signal));
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([opening, gaveUp]);
  } catch (error) {
    opening.then(
      (late) => late.close(),
      () => {},
    );
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
