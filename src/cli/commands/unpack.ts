import { parseArgs } from 'node:util';
import { bytes } from '../../inspect/text.js';
import { unpack } from '../../pack/unpack.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interruptible.js';
import { withProgress } from '../progress-bar.js';
import { twoPaths } from '../usage.js';
import { wholeNumber } from '../whole-number.js';

const help = `Usage: tubthump unpack [--base BASE] [--require-signature FILE] [--jobs N] [--json] FILE DIR

Brings an image out of the pack FILE. DIR appears when every byte has been held against its checksum;
it must not be there before.

  --base BASE  the image that the pack was made against, or a pack of it
  --require-signature FILE
               unpack only what was signed; FILE holds the public key (PEM)
  --jobs N     threads (default: one for each processor)
  --json       the result as JSON on stdout
`;

const options = {
  base: { type: 'string' },
  'require-signature': { type: 'string' },
  jobs: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, images] = twoPaths(positionals, 'unpack takes a file and a new directory');
    const { base, json = false } = values;
    const chosen = {
      base,
      requireSignature: values['require-signature'],
      jobs: wholeNumber('--jobs', values.jobs, 256),
    };
    return await interruptible(async (signal) => {
      const result = await withProgress(json, (onProgress) =>
        unpack(file, images, { ...chosen, signal, onProgress }),
      );
      if (json) console.log(JSON.stringify({ images, file, ...result }));
      else console.log(`unpacked: ${images}  ${bytes(result.bytes)}, ${Math.round(result.ms)} ms`);
      return EXIT.ok;
    });
  },
};
