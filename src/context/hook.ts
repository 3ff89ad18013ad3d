import { nameResource, TubthumpError } from '../errors/index.js';
import type { Context } from './context.js';
import type { CheckpointInfo, Resource, RestoreInfo } from './resource.js';

export type HookName = 'beforeCheckpoint' | 'afterRestore';

/** What the cycle imposes on every hook that it causes, however deeply nested. */
export interface HookRules {
  /** Limit for one hook, in ms. */
  readonly hookTimeoutMs: number;
  /** Limit for all hooks of one direction: performance.now() after which none may run, in ms. */
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
 * Rules by info object: `info` reaches nested contexts through user code unchanged, so it is the
 * thread to hang them on.
 */
const rulesByInfo = new WeakMap<object, HookRules>();

export function imposeRules(info: CheckpointInfo | RestoreInfo, rules: HookRules): void {
  rulesByInfo.set(info, rules);
}

/** Whether the caller of the checkpoint gave it up meanwhile. */
export function isCancelled(info: CheckpointInfo | RestoreInfo): boolean {
  return rulesByInfo.get(info)?.signal?.aborted ?? false;
}

/**
 * Calls one hook within its time limit.
 * @throws what the hook threw, with the resource's name; ERR_TUBTHUMP_HOOK_TIMEOUT
 */
export async function callHook(
  hook: HookName,
  name: string,
  resource: Resource,
  context: Context,
  info: CheckpointInfo | RestoreInfo,
): Promise<void> {
  const method = resource[hook] as ((context: Context, info: object) => unknown) | undefined;
  if (!method) return;
  const rules = rulesByInfo.get(info);
  const started = performance.now();
  let failure: { error: unknown } | undefined;
  try {
    await limited(() => method.call(resource, context, info), `${name}.${hook}`, rules, resource);
  } catch (error) {
    failure = { error: nameResource(error, name) };
  }
  rules?.observe({ hook, resource: name, durationMs: performance.now() - started, ...failure });
  if (failure) throw failure.error;
}

/** A context's own hooks last as long as those of its members, which have limits themselves. */
async function limited(
  call: () => unknown,
  label: string,
  rules: HookRules | undefined,
  resource: Resource,
): Promise<void> {
  if (!rules || 'register' in resource) {
    await call();
    return;
  }
  const left = rules.deadline - performance.now();
  const limit = Math.max(0, Math.min(rules.hookTimeoutMs, left));
  const overall = left < rules.hookTimeoutMs;
  let timer: NodeJS.Timeout | undefined;
  let cancel = () => {};
  const expiry = new Promise<never>((_, reject) => {
    cancel = () => reject(new TubthumpError('ERR_TUBTHUMP_ABORTED', `${label} was cancelled`));
    timer = setTimeout(() => {
      const what = overall ? 'the time limit of all hooks' : `its time limit of ${limit} ms`;
      reject(new TubthumpError('ERR_TUBTHUMP_HOOK_TIMEOUT', `${label} exceeded ${what}`));
    }, limit);
    rules.signal?.addEventListener('abort', cancel, { once: true });
  });
  try {
    await Promise.race([call(), expiry]);
  } finally {
    clearTimeout(timer);
    rules.signal?.removeEventListener('abort', cancel);
  }
}
