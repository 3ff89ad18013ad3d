import process from 'node:process';
import { type HookRules, imposeRules } from '../context/hook.js';
import type { CheckpointInfo, GlobalContext, RestoreInfo } from '../context/index.js';
import type { CheckpointRequest, Engine, Outcome } from '../engine/engine.js';
import { CheckpointError, RestoreError, TubthumpError } from '../errors/index.js';
import { publish, runPhase } from './diagnostics.js';
import { environmentChange } from './environment-change.js';
import type { ResolvedOptions } from './options.js';
import type { RuntimeStep, Wake } from './runtime-step.js';

export interface CycleParts {
  readonly context: GlobalContext;
  readonly engine: Engine;
  readonly steps: readonly RuntimeStep[];
  /** Restores behind the state before this cycle. */
  readonly generation: number;
}

export interface CycleResult {
  readonly info: RestoreInfo;
  /** CheckpointError: no image was made; RestoreError: hooks failed after the dump. */
  readonly error?: CheckpointError | RestoreError | undefined;
}

/**
 * One checkpoint from the first hook to the last:
 * hooks → runtime steps → engine → runtime steps back → hooks back.
 * Everybody is notified, whatever fails, so that one attempt reports every problem.
 */
export async function runCycle(parts: CycleParts, options: ResolvedOptions): Promise<CycleResult> {
  const { context, engine, steps } = parts;
  const started = performance.now();
  const startedAt = Date.now();
  const errors: unknown[] = [];
  const request = requestOf(options, parts);

  const before: CheckpointInfo = Object.freeze({
    reason: 'checkpoint',
    images: options.images,
    leaveRunning: options.leaveRunning,
    engine: engine.name,
  });
  imposeRules(before, rulesOf(options, options.signal));
  collect(errors, await runPhase('hooks', () => context.beforeCheckpoint(null, before)));

  const quiesce = { request, engine: engine.name };
  for (const step of steps) {
    collect(errors, await runPhase(`quiesce:${step.name}`, () => step.quiesce?.(quiesce)));
  }
  if (options.signal?.aborted) {
    errors.push(
      new TubthumpError('ERR_TUBTHUMP_ABORTED', 'the checkpoint was cancelled', {
        cause: options.signal.reason,
      }),
    );
  }

  let outcome: Outcome | undefined;
  if (errors.length === 0) {
    const frozen = await runPhase('freeze', () => engine.checkpoint(request));
    if ('value' in frozen) outcome = frozen.value;
    collect(errors, frozen);
  }

  const environmentBefore = { ...process.env };
  const wake: Wake = { ...(outcome ?? { reason: 'aborted' as const }), engine: engine.name };
  const wakeErrors: unknown[] = [];
  for (const step of [...steps].reverse()) {
    collect(wakeErrors, await runPhase(`wake:${step.name}`, () => step.wake?.(wake)));
  }

  const checkpointedAt = outcome?.checkpointedAt ?? startedAt;
  const info: RestoreInfo = Object.freeze({
    reason: wake.reason,
    imageId: outcome?.imageId ?? null,
    generation: outcome?.generation ?? parts.generation,
    cloneId: outcome?.cloneId ?? null,
    checkpointedAt,
    downtimeMs: Math.max(0, Date.now() - checkpointedAt),
    environment: environmentChange(environmentBefore, process.env),
    args: Object.freeze([...(outcome?.args ?? [])]),
  });
  imposeRules(info, rulesOf(options));
  collect(wakeErrors, await runPhase('hooks-after', () => context.afterRestore(null, info)));

  const error = failureOf(outcome, errors, wakeErrors);
  publish('checkpoint', {
    reason: info.reason,
    imageId: info.imageId,
    durationMs: performance.now() - started,
    ...(error && { error }),
  });
  if (error && outcome?.strict) exitStrictly(error);
  return { info, error };
}

function failureOf(outcome: Outcome | undefined, errors: unknown[], wakeErrors: unknown[]) {
  if (!outcome) return new CheckpointError([...errors, ...wakeErrors]);
  return wakeErrors.length > 0 ? new RestoreError(wakeErrors) : undefined;
}

/** `--strict`: a copy whose hooks failed is not to serve. */
function exitStrictly(error: Error): never {
  process.stderr.write(`tubthump: ${error.message}\n`);
  process.exit(1);
}

function requestOf(
  { images, leaveRunning, criu, service, timeoutMs, labels }: ResolvedOptions,
  { context, generation }: CycleParts,
): CheckpointRequest {
  const hooks = context.names();
  return { images, leaveRunning, criu, service, timeoutMs, labels, generation, hooks };
}

function rulesOf(options: ResolvedOptions, signal?: AbortSignal): HookRules {
  return {
    hookTimeoutMs: options.hookTimeoutMs,
    deadline: performance.now() + options.hooksTimeoutMs,
    signal,
    observe: (event) => publish('hook', event),
  };
}

function collect(errors: unknown[], result: { value: unknown } | { error: unknown }): void {
  if ('error' in result) errors.push(result.error);
}
