import { parseArgs } from 'node:util';
import { examine, isHealthy } from '../../doctor/doctor.js';
import { Host } from '../../doctor/host.js';
import { table } from '../../doctor/table.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

const help = `Usage: tubthump doctor [--criu PATH] [--json]

Checks whether services can be checkpointed and restored on this machine. CRIU is probed for real: a
small process with a listening socket is dumped and restored. Each line is ok, a warning (works, but
something is slower or missing) or a failure, with the remedy below it.

Exit status: 0, or 69 if there is a failure.

  --criu PATH  check this CRIU first
  --json       print {"healthy", "checks": [{"name", "status", "detail", "remedy"}]}
`;

const options = { criu: { type: 'string' }, json: { type: 'boolean' } } as const;

export const command: Command = {
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    const checks = await examine(new Host({}, { criu: values.criu }));
    const healthy = isHealthy(checks);
    if (values.json) console.log(JSON.stringify({ healthy, checks }, null, 2));
    else console.log(table(checks, { colors: process.stdout.isTTY && !process.env.NO_COLOR }));
    return healthy ? EXIT.ok : EXIT.unavailable;
  },
};
