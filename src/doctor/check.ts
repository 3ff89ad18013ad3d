import type { Host } from './host.js';

export type Status = 'ok' | 'warning' | 'failure';

export interface Finding {
  /** `warning`: works, but something is slower or missing. `failure`: no checkpoint or restore here. */
  readonly status: Status;
  readonly detail: string;
  /** What to do about it; always there unless the status is ok. */
  readonly remedy?: string;
}

export interface Check {
  readonly name: string;
  examine(host: Host): Finding | Promise<Finding>;
}

export function ok(detail: string): Finding {
  return { status: 'ok', detail };
}

export function warning(detail: string, remedy: string): Finding {
  return { status: 'warning', detail, remedy };
}

export function failure(detail: string, remedy: string): Finding {
  return { status: 'failure', detail, remedy };
}
