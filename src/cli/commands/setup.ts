import { parseArgs } from 'node:util';
import type { SetupResult } from '../../criu/setup.js';
import { setup } from '../../criu/setup.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';

const help = `Usage: tubthump setup [--criu PATH] [--force] [--with-proto] [--json]

Finds a CRIU >= 4.2 that really dumps and restores a small process on this machine: PATH of the
option, TUBTHUMP_CRIU, the PATH, the private prefix in the cache directory. If there is none,
Debian's packages are unpacked into the private prefix; nothing of the system changes.

  --criu PATH   try this CRIU first
  --force       unpack the private CRIU again
  --with-proto  also fetch CRIU's rpc.proto and pycriu, which the tests of this package use
  --json        print the result as JSON
`;

const options = {
  criu: { type: 'string' },
  force: { type: 'boolean' },
  'with-proto': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    const result = await setup({
      criu: values.criu,
      force: values.force ?? false,
      withProto: values['with-proto'] ?? false,
      fresh: true,
      progress: (line) => console.error(`setup: ${line}`),
    });
    if (values.json) console.log(JSON.stringify(result, null, 2));
    else describe(result);
    return EXIT.ok;
  },
};

function describe({ criu, refused, proto }: SetupResult): void {
  for (const { source, path, reason } of refused) {
    console.log(`passed over ${path} (${source}): ${reason}`);
  }
  console.log(`CRIU ${criu.version} at ${criu.path} (${criu.source})`);
  console.log(`probe: dumped in ${criu.probe.dumpMs} ms, restored in ${criu.probe.restoreMs} ms`);
  if (proto) console.log(`CRIU's protocol definition: ${proto}`);
}
