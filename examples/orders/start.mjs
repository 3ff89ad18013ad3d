// @ts-check
// `npm start --workspace examples/orders`: sets up what is missing, PostgreSQL too, then runs the demo.
import { fileURLToPath } from 'node:url';
import { prepare, runScript } from '../../scripts/bootstrap/index.mjs';
import { attach } from '../../scripts/child.mjs';

const DEMO = fileURLToPath(new URL('demo.mjs', import.meta.url));

await runScript(async () => {
  await prepare({ tests: false, postgresql: true });
  return attach(process.execPath, [DEMO, ...process.argv.slice(2)]);
});
