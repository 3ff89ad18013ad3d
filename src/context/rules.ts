import type { CheckpointInfo, RestoreInfo } from './info.js';

export type HookName = 'beforeCheckpoint' | 'afterRestore';

/** What the cycle imposes on every hook that it causes, however deeply nested. */
export interface HookRules {
  /** Limit for one hook, in ms. */
  readonly hookTimeoutMs: number;
  /** Limit for all hooks of one direction: performance.now() after which every hook fails. */
  readonly deadline: number;
  /** Cancels waiting hooks, and keeps further ones from being called. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each hook. */
  observe(event: HookEvent): void;
}

export interface HookEvent {
  readonly hook: HookName;
  readonly resource: string;
  readonly durationMs: number;
  readonly error?: unknown;
}

/**
 * Rules travel in the info object, which reaches nested contexts through user code unchanged: as a
 * property that nobody stumbles over, but that other copies of this package know.
 */
const RULES = Symbol.for('tubthump.rules.1');

/** Freezes an info object together with the rules of its cycle. */
export function imposeRules<Info extends CheckpointInfo | RestoreInfo>(
  info: Info,
  rules: HookRules,
): Info {
  return Object.freeze(Object.defineProperty(info, RULES, { value: rules }));
}

/** undefined for an info object that a test made by hand: nothing is limited or observed then. */
export function rulesOf(info: CheckpointInfo | RestoreInfo): HookRules | undefined {
  return (info as { [RULES]?: HookRules })[RULES];
}

/** Whether the caller of the checkpoint gave it up meanwhile. */
export function isCancelled(info: CheckpointInfo): boolean {
  return rulesOf(info)?.signal?.aborted ?? false;
}

/** Whether the checkpoint has failed by now for want of time, or because it was given up. */
export function isOver(info: CheckpointInfo): boolean {
  const rules = rulesOf(info);
  return isCancelled(info) || (rules !== undefined && performance.now() > rules.deadline);
}
