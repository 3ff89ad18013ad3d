import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { TubthumpError } from '../../errors/index.js';
import { agreeingGenerators } from '../../randomness/verify.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

const help = `Usage: tubthump verify --randomness DIR [--criu PATH] [--timeout SEC] [--json]

Restores the image twice, one copy after the other, and compares what the random generators of both
give next. Fails when any of them agrees. The copies run for a moment, as any copy does.

  --randomness DIR  the image
  --criu PATH       the CRIU binary (default: TUBTHUMP_CRIU, then what \`tubthump setup\` chose)
  --timeout SEC     limit for each copy to answer (default: 60)
  --json            the result as JSON on stdout
`;

const options = {
  randomness: { type: 'string' },
  criu: { type: 'string' },
  timeout: { type: 'string', default: '60' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    if (!values.randomness) throw usage('--randomness DIR is missing');
    if (!/^[1-9]\d{0,5}$/.test(values.timeout)) {
      throw usage(`--timeout takes a positive whole number, not ${values.timeout}`);
    }
    const results = await agreeingGenerators({
      images: resolve(values.randomness),
      timeoutMs: Number(values.timeout) * 1000,
      ...(values.criu === undefined ? {} : { criu: values.criu }),
    });
    if (values.json) console.log(JSON.stringify({ generators: results }, null, 2));
    else for (const { generator, agrees } of results) print(generator, agrees);
    const agreeing = results.filter(({ agrees }) => agrees).map(({ generator }) => generator);
    if (agreeing.length === 0) return EXIT.ok;
    throw new TubthumpError(
      'ERR_TUBTHUMP_RANDOMNESS',
      `two copies of ${values.randomness} drew the same from ${agreeing.join(', ')}`,
    );
  },
};

function print(generator: string, agrees: boolean): void {
  console.log(`${generator.padEnd(26)} ${agrees ? 'the same in both copies' : 'differs'}`);
}

function usage(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_USAGE', message);
}
