import { parseArgs } from 'node:util';
import { table } from '../../doctor/table.js';
import { keyOptions, keySourceOf } from '../../encryption/key-source.js';
import { withPlainImage } from '../../encryption/plain-view.js';
import { TubthumpError } from '../../errors/index.js';
import { agreeingGenerators } from '../../randomness/verify.js';
import { verify } from '../../verify/verify.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { onePath, usage } from '../usage.js';

const help = `Usage: tubthump verify [--require-signature FILE] [--criu PATH] [--json] DIR
       tubthump verify --randomness DIR [--criu PATH] [--timeout SEC] [--json]

Checks that an image is whole and that this machine has what it needs: owner and modes, sizes,
contents, signature, processor, kernel, CRIU, builds of Node and its libraries, other files, and
capabilities. Each line is ok, a warning or a failure, with what to do below it. Nothing is restored.

With --randomness the image is restored twice, one copy after the other, and what the random
generators of both give next is compared. Fails when any of them agrees. The copies run for a moment,
as any copy does.

Exit status: 0, or 65 if there is a failure, 70 if generators agree.

  --require-signature FILE
                    the public key (PEM) that the image has to be signed with
  --randomness DIR  the image
  --key FILE        the image is encrypted with this key
  --key-command COMMAND
                    the same with the key that COMMAND prints
  --criu PATH       the CRIU binary (default: TUBTHUMP_CRIU, then what \`tubthump setup\` chose)
  --timeout SEC     limit for each copy to answer (default: 60)
  --json            the result as JSON on stdout
`;

const options = {
  'require-signature': { type: 'string' },
  randomness: { type: 'string' },
  ...keyOptions,
  criu: { type: 'string' },
  timeout: { type: 'string', default: '60' },
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
    const given = [...positionals, ...(values.randomness ? [values.randomness] : [])];
    const images = onePath(given, 'verify takes one image directory');
    return values.randomness ? await compareCopies(images, values) : await check(images, values);
  },
};

async function check(images: string, values: Values): Promise<number> {
  const { criu, json } = values;
  const publicKey = values['require-signature'];
  const findings = await verify(images, { criu, publicKey, ...keySourceOf(values) });
  const fits = findings.every(({ status }) => status !== 'failure');
  if (json) console.log(JSON.stringify({ images, fits, findings }, null, 2));
  else console.log(table(findings, { colors: process.stdout.isTTY && !process.env.NO_COLOR }));
  return fits ? EXIT.ok : EXIT.imageInvalid;
}

async function compareCopies(images: string, values: Values): Promise<number> {
  if (!/^[1-9]\d{0,5}$/.test(values.timeout)) {
    throw usage(`--timeout takes a positive whole number, not ${values.timeout}`);
  }
  const results = await withPlainImage(images, keySourceOf(values), (plain) =>
    agreeingGenerators({
      images: plain,
      timeoutMs: Number(values.timeout) * 1000,
      ...(values.criu === undefined ? {} : { criu: values.criu }),
    }),
  );
  if (values.json) console.log(JSON.stringify({ generators: results }, null, 2));
  else for (const { generator, agrees } of results) print(generator, agrees);
  const agreeing = results.filter(({ agrees }) => agrees).map(({ generator }) => generator);
  if (agreeing.length === 0) return EXIT.ok;
  throw new TubthumpError(
    'ERR_TUBTHUMP_RANDOMNESS',
    `two copies of ${images} drew the same from ${agreeing.join(', ')}`,
  );
}

function print(generator: string, agrees: boolean): void {
  console.log(`${generator.padEnd(26)} ${agrees ? 'the same in both copies' : 'differs'}`);
}
