import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keyOptions, keySourceOf } from '../../encryption/key-source.js';
import { SIGNATURE_FILE } from '../../signing/statement.js';
import { describeWorkingSet } from '../../working-set/agent.js';
import { recordWorkingSet } from '../../working-set/record.js';
import type { TouchedFile, WorkingSet } from '../../working-set/working-set.js';
import { integer } from '../checkpoint-options.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump working-set DIR [--json]
       tubthump working-set DIR --warm URL [options]

Tells which pages of an image its copies touch, in which order, and which they write. With --warm it
finds out: it restores copies, sends them the requests, and keeps what they touch in the image, beside
what was known before. The next restores read these pages ahead. The copies are real ones: hooks run.

  --warm URL         ask copies for this URL; may repeat
  --warm-requests N  requests to each of them (default: 2)
  --runs N           copies, one after the other (default: 1)
  --timeout SEC      limit for each URL to answer (default: 60)
  --criu PATH        the CRIU binary (default: TUBTHUMP_CRIU, then what \`tubthump setup\` chose)
  --key FILE         the image is encrypted with this key
  --key-command COMMAND
                     the same with the key that COMMAND prints
  --json             all of it as JSON on stdout
`;

const options = {
  warm: { type: 'string', multiple: true },
  'warm-requests': { type: 'string' },
  runs: { type: 'string' },
  timeout: { type: 'string' },
  criu: { type: 'string' },
  ...keyOptions,
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [images] = positionals;
    if (images === undefined || positionals.length > 1) throw usage('give one image directory');
    const { warm, criu } = values;
    const key = keySourceOf(values);
    const given = {
      key,
      requests: integer('--warm-requests', values['warm-requests'] ?? '2'),
      runs: integer('--runs', values.runs ?? '1'),
      timeoutMs: integer('--timeout', values.timeout ?? '60') * 1000,
      ...(criu === undefined ? {} : { criu }),
    };
    if (!warm && (values['warm-requests'] || values.runs)) {
      throw usage('--warm-requests and --runs need --warm URL');
    }
    const set = warm
      ? await recordWorkingSet({ images: resolve(images), urls: warm, ...given })
      : await describeWorkingSet(resolve(images), key);
    if (warm && existsSync(join(images, SIGNATURE_FILE)))
      console.error('tubthump: the signature is of the image before: `tubthump sign` renews it');
    if (values.json) console.log(JSON.stringify(set, null, 2));
    else print(set);
    return EXIT.ok;
  },
};

function print({ imageId, order, files }: WorkingSet): void {
  console.log(`image ${imageId}, in order of ${order}`);
  for (const { name, pages, written, runs, bytes, size } of files.toSorted(imageFirst)) {
    const share = ((100 * bytes) / size).toFixed(1);
    const own = written > 0 ? `, ${written} written` : '';
    console.log(
      `${name}: ${(bytes / 1e6).toFixed(1)} MB, ${share} % (${pages} pages in ${runs} runs${own})`,
    );
  }
}

function imageFirst(one: TouchedFile, other: TouchedFile): number {
  return Number(other.inImage) - Number(one.inImage);
}
