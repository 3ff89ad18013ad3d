import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { HOT } from '../../bench/condition.js';
import { measure } from '../../bench/measure.js';
import type { Plan } from '../../bench/plan.js';
import { resultOf } from '../../bench/result.js';
import { renderResult } from '../../bench/table.js';
import { trials } from '../../bench/trials.js';
import { integer } from '../checkpoint-options.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump bench --url URL [options] -- COMMAND [ARGUMENT...]

Measures what tubthump does for a service: starts COMMAND cold, restores it from images made for the
occasion, by plain CRIU and by each engine, in turns, a fresh process each time, and prints medians and
ratios. The clock stops at the first bytes of a 200 from URL. Needs root. Nothing is left behind.

  --url URL        http://127.0.0.1:PORT/PATH that the service answers with 200
  --samples N      of each row (default: 20)
  --warm-requests N
                   that warm it up, before its checkpoint (default: 500)
  --requests N     after the first one, for their p50 and p99 (default: 500)
  --only REGEX     rows whose name matches: ${trials.map(({ id }) => id).join(', ')}
  --criu PATH      the CRIU binary (default: TUBTHUMP_CRIU, then what \`tubthump setup\` chose)
  --output FILE    all samples, as JSON
  --json           the result with all samples as JSON on stdout, instead of tables
`;

const options = {
  url: { type: 'string' },
  samples: { type: 'string', default: '20' },
  'warm-requests': { type: 'string', default: '500' },
  requests: { type: 'string', default: '500' },
  only: { type: 'string', default: '' },
  criu: { type: 'string' },
  output: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Not /tmp, which is a tmpfs on many machines: images on a disk are what is measured. */
const SCRATCH = '/var/tmp';

export const command: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
    });
    const plan = planOf(values, positionals);
    const measured = await measure(plan, {
      criu: values.criu,
      scratch: process.env.TMPDIR ?? SCRATCH,
      nodes: [process.execPath],
      tell: (line) => console.error(line),
    });
    const result = resultOf(plan, measured);
    const json = JSON.stringify(result, null, 1);
    if (values.output) await writeFile(values.output, `${json}\n`);
    console.log(values.json ? json : renderResult(result));
    const failed = result.samples.some((sample) => 'failure' in sample);
    return failed ? EXIT.failure : EXIT.ok;
  },
};

interface Values {
  readonly url?: string | undefined;
  readonly samples: string;
  readonly 'warm-requests': string;
  readonly requests: string;
  readonly only: string;
}

function planOf(values: Values, words: readonly string[]): Plan {
  if (words.length === 0) throw usage('the command after `--` is missing');
  const { port, path } = target(values.url);
  const workload = {
    ...{ id: 'service', title: `\`${words.join(' ')}\``, command: words, port, path },
    // It may need a database of this machine: the network is ours.
    ...{ environment: {}, gcPath: null, isolated: false },
    warmRequests: integer('--warm-requests', values['warm-requests']),
  };
  const load = { requests: integer('--requests', values.requests), throughput: 0 };
  const samples = integer('--samples', values.samples);
  const rows = trials.filter(({ id }) => pattern(values.only).test(id));
  if (rows.length === 0) throw usage(`--only ${values.only}: no row has such a name`);
  const block = { workload, condition: HOT, copies: 1, trials: rows, load, samples };
  return { blocks: [block], pause: 0, seed: String(Date.now()) };
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw usage(`--only takes a regular expression, not ${text}`);
  }
}

function target(text: string | undefined): { port: number; path: string } {
  if (text === undefined) throw usage('--url URL is missing');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (!isLoopback || url.protocol !== 'http:') {
    throw usage(`--url takes http://127.0.0.1:PORT/PATH, not ${text}`);
  }
  return { port: Number(url.port || 80), path: `${url.pathname}${url.search}` };
}
