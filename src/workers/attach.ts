import process from 'node:process';
import { threadId } from 'node:worker_threads';
import { type CheckpointInfo, getGlobalContext, type RestoreInfo } from '../context/index.js';
import { imposeRules } from '../context/rules.js';
import type { Wake } from '../core/runtime-step.js';
import { waitAtGate } from './gate.js';
import { holdWorkers } from './hold.js';
import { type Failure, type HoldCall, type HookCall, openChannel, type Reply } from './protocol.js';

/** Makes this worker's global context take part in the checkpoints of the thread that started it. */
export function attachToParent(): void {
  const channel = openChannel(threadId, async (message) => {
    if (!('call' in message)) return;
    if (message.call === 'hold') await hold(message);
    else send({ reply: 'done', id: message.id, failures: await run(message) });
  });
  const send = (reply: Reply) => channel.postMessage(reply);
  const hold = async ({ gate, id }: HoldCall) => {
    // Before, for nothing may be loaded while other threads already run.
    const { randomness } = await import('../runtime/randomness.js');
    const failures = await failuresOf(() => holdWorkers(gate));
    send({ reply: 'done', id, failures });
    if (waitAtGate(gate)) randomness.wake?.({ reason: 'restored' } as Wake);
  };
  send({ reply: 'attached' });
}

async function run({ call, info, hookTimeoutMs, environment }: HookCall): Promise<Failure[]> {
  const ruled = imposeRules(info, { hookTimeoutMs, deadline: Number.POSITIVE_INFINITY, observe });
  const context = getGlobalContext();
  if (call === 'beforeCheckpoint') {
    return await failuresOf(() => context.beforeCheckpoint(null, ruled as CheckpointInfo));
  }
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return await failuresOf(() => context.afterRestore(null, ruled as RestoreInfo));
}

async function failuresOf(work: () => Promise<void>): Promise<Failure[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return failuresIn(error);
  }
}

function observe(): void {
  // The diagnostics channels of hooks are those of the thread that asked.
}

function failuresIn(error: unknown): Failure[] {
  const { errors } = error as { errors?: unknown };
  if (Array.isArray(errors)) return errors.flatMap(failuresIn);
  const { resource = 'worker', message, code } = Object(error) as Partial<Failure>;
  return [{ resource, message: message ?? String(error), code }];
}
