import process from 'node:process';
import type {
  CheckpointInfo,
  GlobalContext,
  RestoredInfo,
  RestoreInfo,
  ResumedInfo,
} from '../context/index.js';
import { type HookRules, imposeRules } from '../context/rules.js';
import type { CheckpointRequest, Engine, Outcome } from '../engine/engine.js';
import { CheckpointError, RestoreError, TubthumpError } from '../errors/index.js';
import { currentEnvironment } from '../process/environment.js';
import { publish, runPhase } from './diagnostics.js';
import type { ResolvedOptions } from './options.js';
import { rehearse, restoreInfo } from './restore-info.js';
import { RuntimePhase } from './runtime-phase.js';
import type { RuntimeStep } from './runtime-step.js';

/** Exit status of a copy that `--strict` ends: docs/cli.md, "the restore failed". */
const STRICT_EXIT = 70;

export interface CycleParts {
  readonly context: GlobalContext;
  readonly engine: Engine;
  readonly steps: readonly RuntimeStep[];
  /** Restores behind the state before this cycle. */
  readonly generation: number;
}

export type CycleResult =
  | {
      readonly info: RestoredInfo | ResumedInfo;
      /** Hooks failed after the dump. */
      readonly error?: RestoreError;
    }
  | { readonly info: null; readonly error: CheckpointError };

/**
 * One checkpoint from the first hook to the last:
 * hooks → runtime steps → engine → runtime steps back → hooks back.
 * Everybody is notified, whatever fails, so that one attempt reports every problem.
 */
export async function runCycle(parts: CycleParts, options: ResolvedOptions): Promise<CycleResult> {
  const { context, engine } = parts;
  const started = performance.now();
  const startedAt = Date.now();
  const request = requestOf(options, parts);
  const announced = checkpointInfo(options, engine);
  const runtime = new RuntimePhase(parts.steps);

  const errors: unknown[] = [];
  const hooks = await runPhase('hooks', () => context.beforeCheckpoint(null, announced));
  if ('error' in hooks) errors.push(hooks.error);
  const notified = performance.now();
  const view = { request, engine: engine.name, policy: options.policy };
  errors.push(...(await runtime.quiesce(view, options.signal)));
  if (options.signal?.aborted) errors.push(cancelled(options.signal));

  const hooksMs = notified - started;
  request.prepared.timings = { hooksMs, quiesceMs: performance.now() - notified };
  const { generation } = parts;
  const before = { startedAt, environment: currentEnvironment(), generation };
  let outcome: Outcome | undefined;
  if (errors.length === 0) {
    if (engine.example) rehearse(engine.example, before);
    const frozen = await runPhase('freeze', () => engine.checkpoint(request));
    if ('value' in frozen) outcome = frozen.value;
    else errors.push(frozen.error);
  }

  const wakeErrors = await runtime.wake(outcome ?? { reason: 'aborted' });
  const info = imposeRules(restoreInfo(outcome, before), hookRules(options));
  const back = await runPhase('hooks-after', () => context.afterRestore(null, info));
  if ('error' in back) wakeErrors.push(back.error);

  const result = resultOf(info, errors, wakeErrors);
  publish('checkpoint', {
    reason: info.reason,
    imageId: info.imageId,
    durationMs: performance.now() - started,
    ...(result.error && { error: result.error }),
  });
  if (result.error && outcome?.strict) exitStrictly(result.error);
  return result;
}

function resultOf(info: RestoreInfo, errors: unknown[], wakeErrors: unknown[]): CycleResult {
  if (info.reason === 'aborted') {
    return { info: null, error: new CheckpointError([...errors, ...wakeErrors]) };
  }
  return wakeErrors.length > 0 ? { info, error: new RestoreError(wakeErrors) } : { info };
}

/** `--strict`: a copy whose hooks failed is not to serve. */
function exitStrictly(error: RestoreError | CheckpointError): never {
  process.stderr.write(`tubthump: ${error.message} (${error.code})\n`);
  process.exit(STRICT_EXIT);
}

function requestOf(
  options: ResolvedOptions,
  { context, generation }: CycleParts,
): CheckpointRequest {
  const { engine, hookTimeoutMs, hooksTimeoutMs, signal, ...request } = options;
  return { ...request, prepared: {}, generation, hooks: context.names() };
}

function checkpointInfo(options: ResolvedOptions, engine: Engine): CheckpointInfo {
  const { images, leaveRunning, signal } = options;
  const info = { reason: 'checkpoint', images, leaveRunning, engine: engine.name } as const;
  return imposeRules<CheckpointInfo>(info, hookRules(options, signal));
}

function cancelled({ reason }: AbortSignal): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_ABORTED', 'the checkpoint was cancelled', {
    cause: reason,
  });
}

function hookRules(options: ResolvedOptions, signal?: AbortSignal): HookRules {
  return {
    hookTimeoutMs: options.hookTimeoutMs,
    deadline: performance.now() + options.hooksTimeoutMs,
    signal,
    observe: (event) => publish('hook', event),
  };
}
