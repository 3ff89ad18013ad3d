// @ts-check
// `npm test [-- FILTER…]`: sets up what is missing, then runs the native unit tests and vitest.
// With arguments, which are vitest's, the native tests are left out.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, runScript } from './bootstrap/index.mjs';
import { ROOT } from './bootstrap/run.mjs';
import { attach } from './child.mjs';
import { judge, REPORT } from './test-report.mjs';

await runScript(async () => {
  const filters = process.argv.slice(2);
  await prepare({ tests: true });
  const native =
    filters.length > 0 ? 0 : await attach(process.execPath, ['scripts/native-tests.mjs']);

  rmSync(join(ROOT, REPORT), { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...filters];
  const status = await attach(process.execPath, vitest);

  const verdict = judge();
  for (const complaint of verdict.complaints) console.error(complaint);
  return native || status || (process.env.CI && verdict.complaints.length > 0 ? 1 : 0);
});
