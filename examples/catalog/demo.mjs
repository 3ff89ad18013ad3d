// @ts-check
// Cold start, warm-up, checkpoint and restores of the service in this directory, measured and checked.
import { demonstrate } from './demo/demonstrate.mjs';
import { HELP, parseOptions } from './demo/options.mjs';
import { Problem, showProblem } from './demo/problem.mjs';
import { Processes } from './demo/processes.mjs';
import { Progress } from './demo/progress.mjs';
import { showReport } from './demo/report.mjs';
import { Workspace } from './demo/workspace.mjs';

process.exitCode = await main();

async function main() {
  const options = readOptions();
  if (typeof options === 'number') return options;
  const progress = new Progress(options.json ? process.stderr : process.stdout);
  const processes = new Processes();
  const workspace = new Workspace(options.keep);

  const cleanUp = async () => {
    progress.stop();
    await processes.endAll();
    workspace.remove();
  };
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ])) {
    process.once(signal, () => void cleanUp().then(() => process.exit(128 + number)));
  }

  try {
    const result = await demonstrate({ ...options, images: workspace.images, processes, progress });
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else showReport(result, options.keep);
    return result.claims.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    progress.stop();
    if (!(error instanceof Problem)) throw error;
    if (!processes.ending) showProblem(error, options.json);
    return 1;
  } finally {
    await cleanUp();
  }
}

/** @returns {import('./demo/options.mjs').Options | number} or the exit status */
function readOptions() {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (!options.help) return options;
    console.log(HELP);
    return 0;
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
    return 64;
  }
}
