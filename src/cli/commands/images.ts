import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CatalogEntry, listImages, withLabels } from '../../catalog/list.js';
import { chooseToPrune, removeImage } from '../../catalog/prune.js';
import { bytes } from '../../inspect/text.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump images list [--label NAME=VALUE] [--json] DIR
       tubthump images prune [--older-than DAYS] [--keep N] [--label NAME=VALUE] [--dry-run] [--json] DIR

Lists or removes images that are directly below DIR. An image that a process maps or holds open is
never removed, nor is anything that is no image. Without --older-than or --keep nothing is removed.

  --older-than DAYS   remove those that were made before
  --keep N            remove all but the N newest
  --label NAME=VALUE  only images with this label; may repeat
  --dry-run           tell what would be removed
  --json              the result as JSON on stdout
`;

const options = {
  'older-than': { type: 'string' },
  keep: { type: 'string' },
  label: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args);
    const [verb, directory, ...more] = positionals;
    if ((verb !== 'list' && verb !== 'prune') || !directory || more.length > 0) {
      throw usage('give list or prune, and a directory of images');
    }
    const images = await listImages(resolve(directory));
    return verb === 'list' ? list(images, values) : await prune(images, values);
  },
};

function list(images: readonly CatalogEntry[], values: Values): number {
  const chosen = withLabels(images, labelsOf(values));
  if (values.json) console.log(JSON.stringify({ images: chosen }, null, 2));
  else for (const image of chosen) console.log(lineOf(image));
  return EXIT.ok;
}

async function prune(images: readonly CatalogEntry[], values: Values): Promise<number> {
  const [days, keep] = [
    number('--older-than', values['older-than']),
    number('--keep', values.keep),
  ];
  if (days === undefined && keep === undefined) throw usage('prune needs --older-than or --keep');
  const olderThanMs = days === undefined ? undefined : days * 86_400_000;
  const chosen = chooseToPrune(images, { olderThanMs, keep, labels: labelsOf(values) });
  const removed: CatalogEntry[] = [];
  for (const image of chosen)
    if (values['dry-run'] || (await removeImage(image))) removed.push(image);
  if (values.json)
    console.log(JSON.stringify({ removed, dryRun: values['dry-run'] ?? false }, null, 2));
  else
    for (const image of removed)
      console.log(`${values['dry-run'] ? 'would remove' : 'removed'} ${lineOf(image)}`);
  return EXIT.ok;
}

function lineOf({ path, createdAt, bytes: size, labels, encrypted, users }: CatalogEntry): string {
  const days = ((Date.now() - createdAt) / 86_400_000).toFixed(1);
  const words = Object.entries(labels).map((entry) => entry.join('='));
  const use = users.length > 0 ? `in use by ${users.join(', ')}` : 'not in use';
  const kind = encrypted ? ['encrypted'] : [];
  return [path, `${days} days`, bytes(size), use, ...kind, ...words].join('  ');
}

function labelsOf({ label = [] }: Values): Record<string, string> {
  return Object.fromEntries(
    label.map((entry) => {
      const equals = entry.indexOf('=');
      if (equals < 1) throw usage(`--label takes NAME=VALUE, not ${entry}`);
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}

function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  throw usage(`${option} takes a number, not ${text}`);
}
