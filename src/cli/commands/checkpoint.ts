import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Service } from '../../checkpoint/service.js';
import { warmUp } from '../../checkpoint/warm-up.js';
import { askCheckpoint } from '../../control/client.js';
import { TubthumpError } from '../../errors/index.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

const help = `Usage: tubthump checkpoint --images DIR [options] -- COMMAND [ARGUMENT...]
       tubthump checkpoint --images DIR [options] --pid PID

Makes an image of a service: of one that it starts, waits for and warms up, or of a running one that
was started with \`tubthump run\` or imports tubthump. The dump ends the service unless told otherwise.

  --images DIR           the image; an older one is replaced (default: TUBTHUMP_IMAGES)
  --pid PID              a running service
  --warm URL             ask for this URL before the checkpoint; may repeat
  --warm-requests N      requests to each of them (default: 100)
  --engine NAME          map: a restore maps the heap (default); eager: it copies it
  --policy FILE          rules for what is open: docs/policies.md (default: TUBTHUMP_POLICY)
  --leave-running        the service goes on after the dump
  --ready-timeout SEC    limit for the service to listen and to answer (default: 60)
  --timeout SEC          limit for the dump (default: 60)
  --grace SEC            limit for requests in flight to finish (default: 5)
  --past-grace WHAT      refuse (default): no image while connections are left; close: cut them off
  --timers WHAT          continue (default): a copy's timers have the time left that they had;
                         wall-clock: what was due in the meantime is due at once
  --scrub RULE           variables that leave the memory: 'AWS_*' by name, '=AKIA*' by value; may repeat
  --criu PATH            the CRIU binary (default: TUBTHUMP_CRIU, then what \`tubthump setup\` chose)
  --service SOCKET       dump through a running \`criu service\` instead
  --label NAME=VALUE     text for the manifest; may repeat
  --json                 the result as JSON on stdout
`;

const options = {
  images: { type: 'string' },
  pid: { type: 'string' },
  warm: { type: 'string', multiple: true },
  'warm-requests': { type: 'string' },
  engine: { type: 'string' },
  policy: { type: 'string' },
  'leave-running': { type: 'boolean' },
  'ready-timeout': { type: 'string' },
  timeout: { type: 'string' },
  grace: { type: 'string' },
  'past-grace': { type: 'string' },
  timers: { type: 'string' },
  scrub: { type: 'string', multiple: true },
  criu: { type: 'string' },
  service: { type: 'string' },
  label: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];
type Request = Parameters<typeof askCheckpoint>[1];

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args);
    const images = values.images ?? process.env.TUBTHUMP_IMAGES;
    if (!images) throw usage('--images DIR is missing');
    if ((values.pid === undefined) === (positionals.length === 0)) {
      throw usage('give either --pid PID or a command after `--`');
    }
    // Bad options are found before anything is started.
    const request = requestOf(values, resolve(images));
    return values.pid === undefined
      ? await checkpointNew(positionals, request, values)
      : await checkpointRunning(integer('--pid', values.pid), request, values);
  },
};

async function checkpointNew(words: readonly string[], request: Request, values: Values) {
  const timeoutMs = integer('--ready-timeout', values['ready-timeout'] ?? '60') * 1000;
  const requests = integer('--warm-requests', values['warm-requests'] ?? '100');
  const service = new Service(words);
  const stop = () => void service.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { pid } = await service.ready(timeoutMs);
    const urls = values.warm ?? [];
    await warmUp({ urls, requests, timeoutMs, assertAlive: () => service.assertAlive() });
    await checkpointRunning(pid, request, values);
  } catch (error) {
    await service.stop();
    throw error;
  }
  const end = await service.ended();
  if (!values['leave-running']) return EXIT.ok;
  const status = /^status (\d+)$/.exec(end)?.[1];
  return status === undefined ? EXIT.failure : Number(status);
}

async function checkpointRunning(pid: number, request: Request, values: Values): Promise<number> {
  const { images } = request;
  const started = performance.now();
  const { service } = await askCheckpoint(pid, request);
  const durationMs = Math.round(performance.now() - started);
  const { id, bytes, engine, memory, notBaked } = JSON.parse(
    await readFile(`${images}/manifest.json`, 'utf8'),
  );
  if (notBaked)
    console.error(`tubthump: the heap cannot be mapped, it will be copied: ${notBaked}`);
  if (values.json) {
    console.log(
      JSON.stringify({ images, id, engine, bytes, memory, durationMs, pid, service }, null, 2),
    );
  } else {
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(`checkpoint: pid ${pid} (${service}), ${size} in ${images}, ${durationMs} ms`);
  }
  return EXIT.ok;
}

function requestOf(values: Values, images: string): Request {
  return {
    images,
    leaveRunning: values['leave-running'] ?? false,
    timeoutMs: integer('--timeout', values.timeout ?? '60') * 1000,
    labels: labels(values.label ?? []),
    engine: oneOf('--engine', values.engine, ['map', 'eager']),
    graceMs: integer('--grace', values.grace ?? '5') * 1000,
    pastGrace: oneOf('--past-grace', values['past-grace'], ['refuse', 'close']),
    timers: oneOf('--timers', values.timers, ['continue', 'wall-clock']),
    ...(values.policy === undefined ? {} : { policy: resolve(values.policy) }),
    scrub: values.scrub ?? [],
    ...(values.criu === undefined ? {} : { criu: values.criu }),
    ...(values.service === undefined ? {} : { service: resolve(values.service) }),
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function labels(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=');
      if (equals < 1) throw usage(`--label takes NAME=VALUE, not ${entry}`);
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}

function integer(option: string, text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw usage(`${option} takes a positive whole number, not ${text}`);
}

/** The first word is the default. */
function oneOf<T extends string>(option: string, text: string | undefined, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === (text ?? words[0]));
  if (word) return word;
  throw usage(`${option} takes ${words.join(' or ')}, not ${text}`);
}

function usage(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_USAGE', message);
}
