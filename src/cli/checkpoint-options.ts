import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { waitingPlace } from '../checkpoint/denied-secrets.js';
import { REQUEST_LABEL } from '../control/protocol.js';
import type { CheckpointOptions } from '../core/options.js';
import type { KeySource } from '../encryption/key-source.js';
import { parseMoment } from '../when/moment.js';
import { usage } from './usage.js';

const options = {
  images: { type: 'string' },
  pid: { type: 'string' },
  warm: { type: 'string', multiple: true },
  'warm-requests': { type: 'string' },
  'working-set': { type: 'boolean' },
  when: { type: 'string' },
  until: { type: 'string' },
  engine: { type: 'string' },
  policy: { type: 'string' },
  grace: { type: 'string' },
  'past-grace': { type: 'string' },
  timers: { type: 'string' },
  scrub: { type: 'string', multiple: true },
  'leave-running': { type: 'boolean' },
  'ready-timeout': { type: 'string' },
  timeout: { type: 'string' },
  criu: { type: 'string' },
  service: { type: 'string' },
  label: { type: 'string', multiple: true },
  sign: { type: 'string' },
  encrypt: { type: 'string' },
  'encrypt-command': { type: 'string' },
  'deny-secrets': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

/** The options of `tubthump checkpoint`, checked. */
export interface Given extends Values {
  /** An absolute path. */
  readonly images: string;
  readonly target: { readonly pid: number } | { readonly command: readonly string[] };
}

/** @throws TubthumpError ERR_TUBTHUMP_USAGE, or what parseArgs throws */
export function parseGiven(args: readonly string[]): Given {
  const { values, positionals: command } = parse(args);
  const images = values.images ?? process.env.TUBTHUMP_IMAGES;
  if (!images) throw usage('--images DIR is missing');
  if ((values.pid === undefined) === (command.length === 0)) {
    throw usage('give either --pid PID or a command after `--`');
  }
  checkMoment(values);
  if (values.until !== undefined && values.until !== 'stable') {
    throw usage(`--until takes stable, not ${values.until}`);
  }
  if (values.until && !values.warm) throw usage('--until stable needs --warm URL');
  checkWorkingSet(values);
  if (values.encrypt !== undefined && values['encrypt-command'] !== undefined) {
    throw usage('give --encrypt or --encrypt-command, not both');
  }
  const target = values.pid === undefined ? { command } : { pid: integer('--pid', values.pid) };
  const given = { ...values, images: resolve(images), target };
  requestOf(given); // Bad options are found before anything is started.
  return given;
}

/** Whether the service has to see to that moment itself: nobody outside can tell when it comes. */
export function isByItself(when: string | undefined): when is string {
  return when !== undefined && when !== 'listening' && when !== 'ready';
}

/** @param id that the image will have in its labels */
export function requestOf(values: Given, id?: string): CheckpointOptions & { images: string } {
  const labels = labelsOf(values.label ?? []);
  return {
    images: values['deny-secrets'] ? waitingPlace(values.images) : values.images,
    leaveRunning: values['leave-running'] ?? false,
    timeoutMs: integer('--timeout', values.timeout ?? '60') * 1000,
    engine: oneOf('--engine', values.engine, ['map', 'stream', 'eager']),
    graceMs: integer('--grace', values.grace ?? '5') * 1000,
    pastGrace: oneOf('--past-grace', values['past-grace'], ['refuse', 'close']),
    timers: oneOf('--timers', values.timers, ['continue', 'wall-clock']),
    scrub: values.scrub ?? [],
    ...(values.policy === undefined ? {} : { policy: resolve(values.policy) }),
    labels: id === undefined ? labels : { ...labels, [REQUEST_LABEL]: id },
    ...(values.encrypt === undefined ? {} : { encrypt: resolve(values.encrypt) }),
    ...(values['encrypt-command'] === undefined
      ? {}
      : { encryptCommand: values['encrypt-command'] }),
    ...(values.criu === undefined ? {} : { criu: values.criu }),
    ...(values.service === undefined ? {} : { service: resolve(values.service) }),
  };
}

/** What the image that is made can be decrypted with. */
export function keyOf(values: Given): KeySource {
  const { encrypt, 'encrypt-command': keyCommand } = values;
  return { key: encrypt === undefined ? undefined : resolve(encrypt), keyCommand };
}

export function integer(option: string, text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw usage(`${option} takes a positive whole number, not ${text}`);
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function checkMoment({ when, pid, warm }: Values): void {
  if (when === undefined) return;
  if (pid !== undefined) throw usage('--when is for a command after `--`');
  const moment = parseMoment(when);
  if (!moment || moment.name === 'manual') {
    throw usage(`--when takes listening, ready, before-listen, requests=N or idle=MS, not ${when}`);
  }
  if (isByItself(when) && warm) throw usage(`--warm does not go with --when ${when}`);
}

/** Copies need the ids of the service, so it has to be gone. */
function checkWorkingSet(values: Values): void {
  if (!values['working-set']) return;
  if (!values.warm) throw usage('--working-set needs --warm URL');
  if (values['leave-running']) throw usage('--working-set does not go with --leave-running');
  if (values.engine === 'eager') throw usage('--working-set does not go with --engine eager');
}

/** The first word is the default. */
function oneOf<T extends string>(option: string, text: string | undefined, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === (text ?? words[0]));
  if (word) return word;
  throw usage(`${option} takes ${words.join(' or ')}, not ${text}`);
}

function labelsOf(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=');
      if (equals < 1) throw usage(`--label takes NAME=VALUE, not ${entry}`);
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
