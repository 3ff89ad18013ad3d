import { parseArgs } from 'node:util';
import { askStatus } from '../../control/client.js';
import { TubthumpError } from '../../errors/index.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

const help = `Usage: tubthump status --pid PID [--json]

Tells what a service that was started with \`tubthump run\` does: whether it is ready, listens or is
being checkpointed, how often its state was restored, and which resources are registered.

  --pid PID  the service
  --json     the answer as JSON
`;

const options = { pid: { type: 'string' }, json: { type: 'boolean' } } as const;

export const command: Command = {
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    if (!values.pid || !/^[1-9]\d*$/.test(values.pid)) {
      throw new TubthumpError('ERR_TUBTHUMP_USAGE', '--pid PID is missing or no number');
    }
    const { versions, resources, ...status } = await askStatus(Number(values.pid));
    if (values.json) {
      console.log(JSON.stringify({ ...status, versions, resources }, null, 2));
      return EXIT.ok;
    }
    for (const [name, value] of Object.entries(status)) console.log(`${name.padEnd(14)} ${value}`);
    console.log(`versions       node ${versions.node}, tubthump ${versions.tubthump}`);
    console.log(`resources      ${resources.join(', ') || 'none'}`);
    return EXIT.ok;
  },
};
