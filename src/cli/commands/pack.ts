import { parseArgs } from 'node:util';
import { bytes } from '../../inspect/text.js';
import type { PackResult } from '../../pack/operation.js';
import { pack } from '../../pack/pack.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interruptible.js';
import { withProgress } from '../progress-bar.js';
import { twoPaths } from '../usage.js';
import { wholeNumber } from '../whole-number.js';

const help = `Usage: tubthump pack [--base BASE] [--level N] [--jobs N] [--json] DIR FILE

Packs the image DIR into one new FILE: compressed, checksummed, and with the same content always the
same bytes. A signature of the image stays good. FILE holds every secret that the image does.

  --base BASE  an image, or a pack of one: pages that are in it are not stored, and unpacking needs it
  --level N    1 to 22, as of zstd(1) (default: 3)
  --jobs N     threads (default: one for each processor); the result is the same
  --json       the result as JSON on stdout
`;

const options = {
  base: { type: 'string' },
  level: { type: 'string' },
  jobs: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [images, file] = twoPaths(positionals, 'pack takes an image directory and a file');
    const { base, json = false } = values;
    const chosen = {
      base,
      level: wholeNumber('--level', values.level, 22),
      jobs: wholeNumber('--jobs', values.jobs, 256),
    };
    return await interruptible(async (signal) => {
      const result = await withProgress(json, (onProgress) =>
        pack(images, file, { ...chosen, signal, onProgress }),
      );
      const ratio = result.data / result.packed;
      if (json) console.log(JSON.stringify({ images, file, ratio, ...result }));
      else console.log(`packed: ${file}  ${summary(result)}`);
      return EXIT.ok;
    });
  },
};

function summary({ data, shared, packed, ms }: PackResult): string {
  const inBase = shared > 0 ? `, ${bytes(shared)} of them in the base,` : '';
  const times = `${(data / packed).toFixed(1)} to 1`;
  return `${bytes(data)}${inBase} in ${bytes(packed)} (${times}), ${Math.round(ms)} ms`;
}
