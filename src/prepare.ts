import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import './engine/criu/answer.js';
import { rememberFallback } from './control/start.js';
import { channel } from './native/channel.js';
import { watchOrigins } from './origins/watch.js';
import { trackAgents } from './runtime/clients/track.js';
import { interposeMathRandom } from './runtime/math-random.js';
import { trackServers } from './runtime/servers/track.js';
import { watchInput } from './runtime/stdio/input.js';
import { avoidProtectionKeys } from './runtime/wasm-keys.js';
import { takePlan } from './when/plan.js';
import { joinThreads } from './workers/join.js';

/** Puts in place what has to be there before a service's own code, and nothing else. */
export async function prepare(): Promise<void> {
  interposeMathRandom();
  joinThreads();
  if (!isMainThread) return;
  removeOurselves();
  channel();
  // Before stdin is watched: it has Node read every export of every module, process.stdin too.
  watchOrigins({ files: Boolean(process.env.TUBTHUMP_EXPLAIN) });
  avoidProtectionKeys();
  watchInput();
  trackServers();
  trackAgents();
  await followPlan();
  const { openControl } = await import('./control/server.js');
  await openControl();
}

async function followPlan(): Promise<void> {
  const plan = takePlan();
  if (!plan) return;
  if (plan.fallback) rememberFallback(plan.fallback);
  const { follow } = await import('./when/follow.js');
  follow(plan);
}

/** Programs that the service starts are not ours to prepare. */
function removeOurselves(): void {
  const options = process.env.NODE_OPTIONS ?? '';
  const rest = options.replace(/^--import "file:\/\/(?:[^"\\]|\\.)*\/dist\/preload\.js" ?/, '');
  if (rest) process.env.NODE_OPTIONS = rest;
  else delete process.env.NODE_OPTIONS;
  const libraries = (process.env.LD_PRELOAD ?? '').split(':');
  const others = libraries.filter((library) => !library.endsWith('/libtubthump-arena.so'));
  if (others.join(':')) process.env.LD_PRELOAD = others.join(':');
  else delete process.env.LD_PRELOAD;
}
