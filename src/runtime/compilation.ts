import { hostname } from 'node:os';
import process from 'node:process';
import { isatty } from 'node:tty';
import { setFlagsFromString } from 'node:v8';
import type { RuntimeStep } from '../core/runtime-step.js';
import { initialEnvironment } from './environment/given.js';

/** Long against a first answer, short against what an interpreter costs. */
const AFTER_RESTORE_MS = 100;

/** Options of Node that have a say in it: what they turn off stays off. */
const OPTIONS = /sparkplug|jitless|lite[-_]mode|max[-_]lazy|(maglev|turbo)[-_]filter/;

/** No function passes `~`; flags of V8 that are looked at whenever a function could be optimized. */
const DELAYED = ['--no-sparkplug', '--maglev-filter=~', '--turbo-filter=~'];
const RESUMED = ['--sparkplug', '--maglev-filter=*', '--turbo-filter=*'];

let delayed = false;

/**
 * Nothing is compiled while a copy wakes, where that can wait or be done before.
 *
 * V8 gathers functions until their machine code is worth making, many at once (Sparkplug's batches).
 * What has gathered before the dump would be made in every copy: 1.5 ms. Of what is about to be
 * optimized another thread would do a millisecond's work, and while it runs each of our first writes to
 * a page waits for the other processor (the kernel's TLB flush), 5 instead of 2.5 us. So none is made
 * before a copy has had time to answer.
 */
export const compilation: RuntimeStep = {
  name: 'compilation',
  quiesce() {
    // Node's own that the other steps wake with; V8 compiles them at their first call.
    isatty(0);
    hostname();
    delayed = mayDelay();
    if (delayed) for (const flag of DELAYED) setFlagsFromString(flag);
  },
  wake({ reason }) {
    if (!delayed) return;
    if (reason === 'restored') setTimeout(resume, AFTER_RESTORE_MS).unref();
    else resume();
  },
};

function mayDelay(): boolean {
  const options = [...process.execArgv, initialEnvironment().NODE_OPTIONS ?? ''];
  return !options.some((option) => OPTIONS.test(option));
}

function resume(): void {
  for (const flag of RESUMED) setFlagsFromString(flag);
}
