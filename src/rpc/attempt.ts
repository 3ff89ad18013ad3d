import { TubthumpError } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';
import { callNative } from '../native/load.js';
import { aborted } from './aborted.js';
import type { Request, Response } from './codec.js';
import { withLog } from './failure.js';
import { DEFAULT_TIMEOUT_MS, Operation } from './operation.js';
import type { NotifyControl } from './options/control.js';
import type { Transport } from './transport.js';

export interface Attempt {
  /** "dump of pid 7": the subject of error messages. */
  readonly what: string;
  readonly control: NotifyControl;
  /** Descriptors for swrk. */
  readonly inherit?: readonly number[];
  /** We are in the tree that is dumped. */
  readonly itself?: boolean;
  /** A restore, of which nothing travels over TLS. */
  readonly restores?: boolean;
  /** swrk is our child: what it restores with `rst_sibling` becomes our child, too. */
  readonly child?: boolean;
  /** One that is open, and is left so: requests that CRIU takes one after the other. */
  readonly session?: NativeSession | undefined;
  /** Made when swrk is there, for then the numbers of its descriptors are known. */
  request(session: NativeSession): Request;
  /** The log file, if there is one. */
  log?(): string;
}

export interface Answer {
  readonly response: Response;
  readonly log: string;
}

/**
 * Opens a session, unless there is one, performs one operation and closes what it opened.
 *
 * @throws TubthumpError without a final answer: ERR_TUBTHUMP_RPC_…, ERR_TUBTHUMP_CRIU_…
 */
export async function attempt(transport: Transport, plan: Attempt): Promise<Answer> {
  const { control, inherit = [], child = false, restores = false } = plan;
  if (control.signal?.aborted) throw aborted(control.signal);
  const timeoutMs = control.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const { signal } = control;
  const session =
    plan.session ??
    (await transport.open({ inherit, detached: !child, timeoutMs, signal, restores }));
  if (plan.itself) {
    session.unwatch();
    await transport.close(); // Neither can their descriptors be dumped.
  }
  const log = () => plan.log?.() || session.logText();
  try {
    const response = await new Operation(session, control).run(plan.request(session));
    return { response, log: log() };
  } catch (error) {
    throw TubthumpError.is(error) ? withLog(error, plan.what, log()) : error;
  } finally {
    if (!plan.session) await end(session, child);
    if (restores && inherit.length === 0) transport.prepare(!child);
  }
}

/** It ends with its answer, or with the end of its connection. */
async function end(session: NativeSession, child: boolean): Promise<void> {
  const { pid } = session;
  session.close();
  if (child && pid > 0) await callNative((addon) => addon.waitChild(pid));
}
