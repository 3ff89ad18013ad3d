import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type KeySource, keyOptions, keySourceOf } from '../../encryption/key-source.js';
import { withPlainImage } from '../../encryption/plain-view.js';
import { difference } from '../../inspect/difference.js';
import { differenceText } from '../../inspect/difference-text.js';
import { htmlOf } from '../../inspect/html.js';
import { inspect } from '../../inspect/report.js';
import { findSecrets } from '../../inspect/secrets/scan.js';
import { secretsText } from '../../inspect/secrets/text.js';
import { textOf } from '../../inspect/text.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump inspect [--html] [--json] DIR
       tubthump inspect --diff [--json] DIR OTHER
       tubthump inspect --secrets [--json] DIR

Tells what is in an image: processes, threads, descriptors, memory by kind, names of environment
variables, hooks, and how long the dump took. Nothing of it is executed or changed.

  --html  one page with a picture of the memory, on stdout
  --diff  what changed from the image DIR to the image OTHER
  --secrets
          keys, tokens, passwords in its memory: what and where, not the secret; status 1 if there
          are any
  --key FILE
          the image is encrypted with this key
  --key-command COMMAND
          the same with the key that COMMAND prints
  --json  the report, or the difference, as JSON on stdout
`;

const options = {
  html: { type: 'boolean' },
  diff: { type: 'boolean' },
  secrets: { type: 'boolean' },
  ...keyOptions,
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    const { html, diff, secrets, json } = parsed.values;
    const [first, second, ...more] = parsed.positionals.map((path) => resolve(path));
    if (!first || more.length > 0) throw usage('inspect takes an image directory');
    if (Boolean(second) !== Boolean(diff)) throw usage('--diff goes with two image directories');
    if (html && (json || diff)) throw usage('--html does not go with --json or --diff');
    if (secrets && (html || diff)) throw usage('--secrets does not go with --html or --diff');
    const key = keySourceOf(parsed.values);
    if (secrets) return await listSecrets(first, key, json ?? false);
    const report = await inspect(first, key);
    if (second) {
      const found = difference(report, await inspect(second, key));
      console.log(json ? JSON.stringify(found, null, 2) : differenceText(found));
    } else if (html) process.stdout.write(htmlOf(report));
    else console.log(json ? JSON.stringify(report, null, 2) : textOf(report));
    return EXIT.ok;
  },
};

async function listSecrets(images: string, key: KeySource, json: boolean): Promise<number> {
  const secrets = await withPlainImage(images, key, findSecrets);
  console.log(json ? JSON.stringify({ secrets }, null, 2) : secretsText(secrets));
  return secrets.length === 0 ? EXIT.ok : EXIT.failure;
}
