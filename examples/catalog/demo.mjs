// @ts-check
// Cold start, warm-up, checkpoint and restores of the service in this directory, measured and checked.
import { demonstrate } from './demo/demonstrate.mjs';
import { HELP, parseOptions } from './demo/options.mjs';
import { showReport } from './demo/report.mjs';
import { stage } from './demo/stage.mjs';
import { Workspace } from './demo/workspace.mjs';

process.exitCode = await main();

async function main() {
  const options = readOptions();
  if (typeof options === 'number') return options;
  const workspace = new Workspace(options.keep);
  return stage({
    json: options.json,
    workspace,
    play: (parts) => demonstrate({ ...options, ...parts, images: workspace.images }),
    show: (/** @type {import('./demo/demonstrate.mjs').Result} */ result) =>
      showReport(result, options.keep),
  });
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
