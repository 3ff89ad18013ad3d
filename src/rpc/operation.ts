import { TubthumpError } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';
import { fromNative } from '../native/load.js';
import { aborted } from './aborted.js';
import {
  decodeResponse,
  encodeNotifyReply,
  encodeRequest,
  type Request,
  RequestType,
  type Response,
} from './codec.js';
import { handle } from './handlers.js';
import { closeAll, Notification } from './notification.js';
import type { NotifyControl } from './options/control.js';

export const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_GRACE_MS = 5_000;
/** For a killed swrk to disappear. */
const KILLED_MS = 1_000;
const FOR_EVER = -1;

/** Answers that do not have the type of their question. */
const ANSWERED_AS: Readonly<Partial<Record<RequestType, RequestType>>> = {
  [RequestType.PAGE_SERVER_CHLD]: RequestType.PAGE_SERVER,
};

/**
 * One request, its notifications, its final answer.
 *
 * Whatever ends it early (time limit, abort, a handler that throws) is first a wish: notifications
 * are answered with failure from then on, so that CRIU undoes what it did and a frozen service goes
 * on. Only when CRIU does not end in time it is killed.
 */
export class Operation {
  private stopping: TubthumpError | undefined;
  private announceStop = () => {};
  private readonly stopped = new Promise<void>((resolve) => {
    this.announceStop = resolve;
  });
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly session: NativeSession,
    private readonly control: NotifyControl,
  ) {}

  /**
   * @returns the final answer, which may say `success: false`
   * @throws TubthumpError ERR_TUBTHUMP_RPC_… ; ERR_TUBTHUMP_RPC_REFUSED with the handler's error as cause
   */
  async run(request: Request): Promise<Response> {
    const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = this.control;
    const onAbort = () => this.stop(aborted(signal));
    signal?.addEventListener('abort', onAbort, { once: true });
    this.after(timeoutMs, () => this.stop(late(timeoutMs)));
    try {
      if (signal?.aborted) throw aborted(signal);
      const response = await this.exchange(request);
      if (this.stopping && (!response.success || isHandlers(this.stopping))) throw this.stopping;
      return response;
    } catch (error) {
      // Of no use any more, whatever it does.
      this.session.kill();
      throw this.stopping ?? fromNative(error);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      for (const timer of this.timers) clearTimeout(timer);
    }
  }

  private async exchange(request: Request): Promise<Response> {
    await this.session.send(encodeRequest(request), FOR_EVER);
    for (;;) {
      const { bytes, fds } = await this.session.receive(FOR_EVER);
      const response = this.decode(bytes, fds);
      if (response.type !== RequestType.NOTIFY) {
        closeAll(fds);
        return expected(request.type, response);
      }
      const external = await this.notify(new Notification(response.notify, fds));
      await this.session.send(encodeNotifyReply(!this.stopping, external), FOR_EVER);
    }
  }

  private decode(bytes: Uint8Array, fds: readonly number[]): Response {
    try {
      return decodeResponse(bytes);
    } catch (error) {
      closeAll(fds);
      throw error;
    }
  }

  /** @returns what a handler wants to leave outside the image */
  private async notify(notification: Notification): Promise<readonly string[]> {
    try {
      // A handler that never ends must not outlast the time limit.
      if (!this.stopping) {
        return (await Promise.race([this.handle(notification), this.stopped])) ?? [];
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `the handler of \`${notification.script}\` failed: ${reason}`;
      this.stop(new TubthumpError('ERR_TUBTHUMP_RPC_REFUSED', message, { cause }));
    } finally {
      notification.release();
    }
    return [];
  }

  private async handle(notification: Notification): Promise<readonly string[]> {
    await this.control.onNotify?.(notification);
    return await handle(this.control.notify, notification);
  }

  /** The first reason counts. */
  private stop(reason: TubthumpError): void {
    if (this.stopping) return;
    this.stopping = reason;
    this.announceStop();
    const grace = this.control.graceMs ?? DEFAULT_GRACE_MS;
    this.after(grace, () => {
      this.session.kill();
      this.after(this.session.pid > 0 ? KILLED_MS : 0, () => this.session.cancel());
    });
  }

  private after(ms: number, act: () => void): void {
    this.timers.push(setTimeout(act, ms));
  }
}

function expected(asked: RequestType, response: Response): Response {
  // CRIU answers with EMPTY when it failed before it understood the request.
  const refused = response.type === RequestType.EMPTY && !response.success;
  if (refused || response.type === (ANSWERED_AS[asked] ?? asked)) return response;
  throw new TubthumpError(
    'ERR_TUBTHUMP_RPC_UNEXPECTED',
    `CRIU answered ${RequestType[asked]} with ${RequestType[response.type]}`,
  );
}

function isHandlers(error: TubthumpError): boolean {
  return error.code === 'ERR_TUBTHUMP_RPC_REFUSED';
}

function late(ms: number): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_RPC_TIMEOUT', `CRIU did not answer within ${ms} ms`);
}
