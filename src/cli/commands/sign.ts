import { parseArgs } from 'node:util';
import { readKey } from '../../signing/keys.js';
import { signImage } from '../../signing/sign.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { onePath, usage } from '../usage.js';

const help = `Usage: tubthump sign --key FILE [--json] DIR

Signs an image: \`restore --require-signature\` and \`verify --require-signature\` then find out about
every byte that is not as it was. A signature that is there is replaced.

  --key FILE  Ed25519 private key in PEM, as openssl genpkey -algorithm ed25519 makes it
  --json      the result as JSON on stdout
`;

const options = { key: { type: 'string' }, json: { type: 'boolean' } } as const;

export const command: Command = {
  help,
  async run(args) {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    const images = onePath(parsed.positionals, 'sign takes one image directory');
    if (!parsed.values.key) throw usage('--key FILE is missing');
    await signImage(images, await readKey(parsed.values.key, 'private'));
    if (parsed.values.json) console.log(JSON.stringify({ images, signed: true }));
    else console.log(`signed: ${images}`);
    return EXIT.ok;
  },
};
