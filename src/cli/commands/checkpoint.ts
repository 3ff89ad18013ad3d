import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { admit } from '../../checkpoint/denied-secrets.js';
import { serviceAt } from '../../checkpoint/descendants.js';
import { untilReady } from '../../checkpoint/ready.js';
import { Service } from '../../checkpoint/service.js';
import { vmaWarning } from '../../checkpoint/vma-limit.js';
import { warmUp } from '../../checkpoint/warm-up.js';
import { askCheckpoint } from '../../control/client.js';
import { hasEnded } from '../../control/location.js';
import { checkKeyFile } from '../../encryption/check-key-file.js';
import { TubthumpError } from '../../errors/index.js';
import { readKey } from '../../signing/keys.js';
import { signImage } from '../../signing/sign.js';
import { recordWorkingSet } from '../../working-set/record.js';
import {
  type Given,
  integer,
  isByItself,
  keyOf,
  parseGiven,
  requestOf,
} from '../checkpoint-options.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

const help = `Usage: tubthump checkpoint --images DIR [options] -- COMMAND [ARGUMENT...]
       tubthump checkpoint --images DIR [options] --pid PID

Makes an image of a service: of one that it starts, waits for and warms up, or of a running one that
was started with \`tubthump run\` or imports tubthump. The dump ends the service unless told otherwise.

  --images DIR           the image; an older one is replaced (default: TUBTHUMP_IMAGES)
  --pid PID              a running service, or its launcher
  --when WHEN            of a service that it starts: listening, ready, before-listen, requests=N or
                         idle=MS (default: when it listens or is ready, whatever comes first)
  --warm URL             ask for this URL before the checkpoint; may repeat
  --warm-requests N      requests to each of them (default: 100)
  --until stable         go on asking until the latency has settled
  --working-set          then restore a copy, ask it for the same, and keep which pages that touched
  --engine NAME          map: a restore maps the heap (default); stream: it brings memory while the
                         copy runs; eager: it copies all of it first
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
  --deny-secrets         no image if keys, tokens or passwords are found in its memory
  --encrypt FILE         encrypt the image with this key: 32 bytes, as they are, hexadecimal or base64
  --encrypt-command COMMAND
                         the same with the key that COMMAND prints
  --sign FILE            sign the image with this Ed25519 private key (PEM)
  --json                 the result as JSON on stdout
`;

export const command: Command = {
  help,
  async run(args) {
    const given = parseGiven(args);
    const { target } = given;
    // A key that is of no use is found before anything is started.
    if (given.sign) await readKey(given.sign, 'private');
    if (given.encrypt) await checkKeyFile(keyOf(given));
    return 'pid' in target
      ? await checkpointRunning(target.pid, given)
      : await checkpointNew(target.command, given);
  },
};

async function checkpointNew(words: readonly string[], values: Given) {
  const id = randomUUID();
  const { when } = values;
  const byItself = isByItself(when);
  const plan = byItself ? { ...requestOf(values, id), when } : undefined;
  const service = new Service(words, { plan });
  const stop = () => void service.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    if (byItself) {
      const started = performance.now();
      await service.imageMade(id, requestOf(values).images);
      await report(values, service.pid, started);
    } else {
      await warm(service.pid, values, () => service.assertAlive());
      await ask(serviceAt(service.pid), values);
    }
  } catch (error) {
    await service.stop();
    throw error;
  }
  const end = await service.ended();
  await complete(values);
  if (!values['leave-running']) return EXIT.ok;
  const status = /^status (\d+)$/.exec(end)?.[1];
  return status === undefined ? EXIT.failure : Number(status);
}

async function checkpointRunning(root: number, values: Given) {
  const assertAlive = () => {
    if (!hasEnded(root)) return;
    throw new TubthumpError('ERR_TUBTHUMP_SERVICE_ENDED', `process ${root} has ended`);
  };
  if (values.warm) await warm(root, values, assertAlive);
  const pid = serviceAt(root);
  await ask(pid, values);
  if (values['working-set']) await untilGone(pid);
  await complete(values);
  return EXIT.ok;
}

/** What is added to an image that is there. */
async function complete(values: Given): Promise<void> {
  if (values['working-set']) await recordTouched(values);
  if (values.sign) await signImage(values.images, await readKey(values.sign, 'private'));
}

/** The image is there, whatever comes of this. */
async function recordTouched(values: Given): Promise<void> {
  const { images, warm: urls = [], criu } = values;
  const timeoutMs = integer('--ready-timeout', values['ready-timeout'] ?? '60') * 1000;
  const options = { images, urls, requests: 2, runs: 1, timeoutMs, key: keyOf(values) };
  try {
    await recordWorkingSet(criu === undefined ? options : { ...options, criu });
  } catch (error) {
    console.error(`tubthump: no working set was recorded: ${(error as Error).message}`);
  }
}

async function untilGone(pid: number): Promise<void> {
  while (!hasEnded(pid)) await sleep(10);
}

async function warm(root: number, values: Given, assertAlive: () => void): Promise<void> {
  const timeoutMs = integer('--ready-timeout', values['ready-timeout'] ?? '60') * 1000;
  const moment = values.when as 'listening' | 'ready' | undefined;
  await untilReady(root, { moment, timeoutMs, assertAlive });
  const urls = values.warm ?? [];
  const requests = integer('--warm-requests', values['warm-requests'] ?? '100');
  await warmUp({ urls, requests, timeoutMs, untilStable: values.until !== undefined, assertAlive });
}

async function ask(pid: number, values: Given): Promise<number> {
  const started = performance.now();
  await askCheckpoint(pid, requestOf(values));
  await report(values, pid, started);
  return EXIT.ok;
}

async function report(values: Given, pid: number, started: number): Promise<void> {
  const { images } = values;
  if (values['deny-secrets']) await admit(requestOf(values).images, images, keyOf(values));
  const service = values['leave-running'] ? 'running' : 'ended';
  const durationMs = Math.round(performance.now() - started);
  const { id, bytes, engine, memory, notBaked, heap } = JSON.parse(
    await readFile(`${images}/manifest.json`, 'utf8'),
  );
  if (notBaked)
    console.error(`tubthump: the heap cannot be mapped, it will be copied: ${notBaked}`);
  const crowded = await vmaWarning(heap?.allVmas);
  if (crowded) console.error(`tubthump: ${crowded}`);
  if (values.json) {
    console.log(
      JSON.stringify({ images, id, engine, bytes, memory, durationMs, pid, service }, null, 2),
    );
  } else {
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(`checkpoint: pid ${pid} (${service}), ${size} in ${images}, ${durationMs} ms`);
  }
}
