import process from 'node:process';
import type { RuntimeStep } from '../../core/runtime-step.js';
import { callNative } from '../../native/load.js';
import { initialEnvironment, startedWith } from '../environment/given.js';
import { Padded } from './pad.js';
import { ScrubRules } from './rules.js';
import { patternsOf, type Secret, secretsOf } from './secret.js';

let hidden: Padded | undefined;
let found: Float64Array = new Float64Array();

/**
 * Variables that the checkpoint is told to scrub leave process.env and all memory. A copy has them
 * from the environment of its restore; the original gets them back. Last before the freeze, for what
 * runs in between could copy them or move them.
 */
export const secrets: RuntimeStep = {
  name: 'secrets',
  quiesce({ request }) {
    if (request.scrub.length === 0) return;
    const variables = secretsOf(new ScrubRules(request.scrub));
    if (variables.length === 0) return;
    hidden = new Padded(JSON.stringify(variables));
    request.prepared.pad = hidden.file;
    const names = new Set(variables.map(({ name }) => name));
    startedWith(without(initialEnvironment(), names));
    for (const name of names) delete process.env[name];
    found = callNative((addon) => addon.wipe(patternsOf(variables)));
  },
  wake({ reason }) {
    const former = hidden;
    hidden = undefined;
    if (former && reason !== 'restored') putBack(JSON.parse(former.open()) as Secret[]);
    found = new Float64Array();
  },
};

function putBack(variables: readonly Secret[]): void {
  callNative((addon) => addon.putBack(patternsOf(variables), found));
  const initial = { ...initialEnvironment() };
  for (const { name, current, initial: value } of variables) {
    if (current !== null) process.env[name] = current;
    if (value !== null) initial[name] = value;
  }
  startedWith(initial);
}

function without(environment: Readonly<Record<string, string>>, names: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.has(name)));
}
