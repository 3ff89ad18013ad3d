import { nameResource, TubthumpError } from '../errors/index.js';
import type { Context } from './context.js';
import type { CheckpointInfo, RestoreInfo } from './info.js';
import { isContext } from './kind.js';
import type { Resource } from './resource.js';
import { type HookName, type HookRules, rulesOf } from './rules.js';

/** What setTimeout takes at most; more would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

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
  const rules = rulesOf(info);
  const started = performance.now();
  let failure: { error: unknown } | undefined;
  try {
    const method = resource[hook] as ((context: Context, info: object) => unknown) | undefined;
    if (!method) return;
    const call = () => method.call(resource, context, info);
    // A context's own hooks last as long as those of its members, which have limits themselves.
    if (!rules || isContext(resource)) await call();
    else await withinLimit(call, `${name}.${hook}`, rules);
  } catch (error) {
    failure = { error: nameResource(error, name) };
  }
  rules?.observe({ hook, resource: name, durationMs: performance.now() - started, ...failure });
  if (failure) throw failure.error;
}

/** The hook itself cannot be stopped: past its limit nobody waits for it any more. */
async function withinLimit(call: () => unknown, label: string, rules: HookRules): Promise<void> {
  const { deadline, hookTimeoutMs, signal } = rules;
  const started = performance.now();
  const left = deadline - started;
  const limit = Math.min(Math.max(0, left), hookTimeoutMs, LONGEST_MS);
  const exceeded = () => {
    const what = left < hookTimeoutMs ? 'the time limit of all hooks' : `its limit of ${limit} ms`;
    return new TubthumpError('ERR_TUBTHUMP_HOOK_TIMEOUT', `${label} exceeded ${what}`);
  };
  let timer: NodeJS.Timeout | undefined;
  let cancel = () => {};
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(exceeded()), limit);
    cancel = () =>
      reject(
        new TubthumpError('ERR_TUBTHUMP_ABORTED', `${label} was cancelled`, {
          cause: signal?.reason,
        }),
      );
  });
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const result = call();
    // Cancelled by a neighbour in the same group: its event is over.
    if (signal?.aborted) cancel();
    await Promise.race([result, expiry]);
    // A hook that blocked the thread kept the timer from firing.
    if (performance.now() - started > limit) throw exceeded();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
