// @ts-check
// `npm start`: sets up what is missing, then shows the whole path on the example service.
import { prepare, runScript } from './bootstrap/index.mjs';
import { attach } from './child.mjs';

await runScript(async () => {
  await prepare({ tests: false });
  return attach(process.execPath, ['examples/catalog/demo.mjs', ...process.argv.slice(2)]);
});
