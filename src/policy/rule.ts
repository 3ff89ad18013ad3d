import type { Kind } from '../descriptors/holding.js';

/**
 * - `refuse`: no checkpoint while it is open, whatever CRIU could do
 * - `close`: closed before the dump; children and workers are ended
 * - `reopen`: closed before the dump and opened again when the process goes on
 * - `keep`: to be in the image; refused if CRIU cannot
 * - `ignore`: not looked at; CRIU has the last word
 */
export const ACTIONS = ['refuse', 'close', 'reopen', 'keep', 'ignore'] as const;

export type Action = (typeof ACTIONS)[number];

/** One rule of a policy. All criteria have to fit; the first rule that fits decides. */
export interface Rule {
  readonly action: Action;
  /** One kind or several. */
  readonly kind?: Kind | readonly Kind[];
  /** Glob, as picomatch has them: `*` stays within a directory, `**` does not. */
  readonly path?: string;
  /** Command line of a child; `*` stands for anything. */
  readonly command?: string;
  /** `address:port` of this end; `*` stands for anything: `*:8080`, `127.0.0.*:*`. */
  readonly local?: string;
  /** `address:port` of the other end. */
  readonly remote?: string;
  /** Number of the descriptor. */
  readonly fd?: number;
}

export const CRITERIA = ['kind', 'path', 'command', 'local', 'remote', 'fd'] as const;

/** A rule with the place that it comes from: `/etc/app.policy:3` or `policy[2]`. */
export interface PlacedRule extends Rule {
  readonly place: string;
}
