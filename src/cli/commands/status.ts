import { parseArgs } from 'node:util';
import { serviceAt } from '../../checkpoint/descendants.js';
import { askState } from '../../control/client.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../usage.js';

const help = `Usage: tubthump status --pid PID [--json]

Tells what a service that was started with \`tubthump run\` does: whether it is ready, listens or is
being checkpointed, how it was started, why a restore or its last checkpoint failed, how often its
state was restored, and which resources are registered.

  --pid PID  the service, or its launcher
  --json     the answer as JSON
`;

const options = { pid: { type: 'string' }, json: { type: 'boolean' } } as const;

export const command: Command = {
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    if (!values.pid || !/^[1-9]\d*$/.test(values.pid)) {
      throw usage('--pid PID is missing or no number');
    }
    const state = await askState(serviceAt(Number(values.pid)));
    if (values.json) console.log(JSON.stringify(state, null, 2));
    else for (const [name, value] of Object.entries(state)) printLine(name, value);
    return EXIT.ok;
  },
};

function printLine(name: string, value: unknown): void {
  console.log(`${name.padEnd(14)} ${inWords(value)}`);
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map((entry) => entry.join(' '))
    .join(', ');
}
