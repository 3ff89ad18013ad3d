import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { examine, isHealthy } from '../../doctor/doctor.js';
import { Host } from '../../doctor/host.js';
import { rehearse } from '../../doctor/rehearsal.js';
import { table } from '../../doctor/table.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump doctor [options] [-- COMMAND [ARGUMENT...]]

Checks whether services can be checkpointed and restored on this machine. CRIU is probed for real: a
small process with a listening socket is dumped and restored. Each line is ok, a warning (works, but
something is slower or missing) or a failure, with the remedy below it.

With COMMAND also whether that service can be checkpointed: it is started, dumped when it listens or is
ready, and ended, and the image is thrown away. Whatever keeps it from being dumped is listed, with who
opened it and what would help.

Exit status: 0, or 69 if there is a failure.

  --criu PATH    check this CRIU first
  --policy FILE  with COMMAND: rules for what is open (default: TUBTHUMP_POLICY)
  --json         print {"healthy", "checks": [{"name", "status", "detail", "remedy"}]}
`;

const options = {
  criu: { type: 'string' },
  policy: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const { command, values } = parse(args);
    const checks = await examine(new Host({}, { criu: values.criu }));
    if (command.length > 0) checks.push(await rehearse({ ...values, command }));
    const healthy = isHealthy(checks);
    if (values.json) console.log(JSON.stringify({ healthy, checks }, null, 2));
    else console.log(table(checks, { colors: process.stdout.isTTY && !process.env.NO_COLOR }));
    return healthy ? EXIT.ok : EXIT.unavailable;
  },
};

/** @throws TubthumpError ERR_TUBTHUMP_USAGE, or what parseArgs throws */
function parse(args: readonly string[]) {
  const { values, positionals: command } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
  });
  if (values.policy === undefined) return { command, values };
  if (command.length > 0) return { command, values: { ...values, policy: resolve(values.policy) } };
  throw usage('--policy is for a command after `--`');
}
