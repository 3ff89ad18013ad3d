import { TubthumpError } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';
import { callNative, fromNative } from '../native/load.js';

type Start = (detached: boolean) => Promise<NativeSession>;

/**
 * CRIUs that have started and wait for their request: at most one that is our child and one that is
 * not. Each ends when its socket closes: with this process, however that ends.
 */
export class Warm {
  private readonly waiting = new Map<boolean, Promise<NativeSession | undefined>>();

  constructor(private readonly start: Start) {}

  /** Starts one for the next request, unless there is one; one that cannot be started is none. */
  prepare(detached: boolean): void {
    if (this.waiting.has(detached)) return;
    this.waiting.set(
      detached,
      this.start(detached).catch(() => undefined),
    );
  }

  /** @returns one that waits, the caller's from now on */
  async take(detached: boolean): Promise<NativeSession | undefined> {
    const starting = this.waiting.get(detached);
    // Two that take at once do not get the same.
    this.waiting.delete(detached);
    const session = await starting;
    if (!session || (await isWaiting(session))) return session;
    await end(session, detached);
    return undefined;
  }

  /** Ends those that wait. */
  async close(): Promise<void> {
    const all = [...this.waiting];
    this.waiting.clear();
    for (const [detached, starting] of all) {
      const session = await starting;
      if (session) await end(session, detached);
    }
  }
}

/** Nobody has asked it yet: there is nothing to be heard but that it is gone. */
async function isWaiting(session: NativeSession): Promise<boolean> {
  try {
    await session.receive(0);
    return false;
  } catch (error) {
    const ours = fromNative(error);
    return TubthumpError.is(ours) && ours.code === 'ERR_TUBTHUMP_RPC_TIMEOUT';
  }
}

async function end(session: NativeSession, detached: boolean): Promise<void> {
  const { pid } = session;
  session.close();
  if (!detached) await callNative((addon) => addon.waitChild(pid));
}
