// @ts-check
import { Problem, showProblem } from './problem.mjs';
import { Processes } from './processes.mjs';
import { Progress } from './progress.mjs';

const SIGNALS = /** @type {const} */ ([
  ['SIGINT', 2],
  ['SIGTERM', 15],
]);

/**
 * What a demo is played on: its processes are ended and its directory is removed, however it ends.
 *
 * @template {{ claims: readonly { holds: boolean }[] }} Result
 * @param {object} options
 * @param {boolean} options.json one JSON object on stdout, progress on stderr
 * @param {{ remove(): void }} options.workspace
 * @param {(stage: { processes: Processes, progress: Progress }) => Promise<Result>} options.play
 * @param {(result: Result) => void} options.show for people
 * @returns {Promise<number>} the exit status: 0 when all claims hold
 */
export async function stage({ json, workspace, play, show }) {
  const progress = new Progress(json ? process.stderr : process.stdout);
  const processes = new Processes();
  const cleanUp = async () => {
    progress.stop();
    await processes.endAll();
    workspace.remove();
  };
  for (const [signal, number] of SIGNALS) {
    process.once(signal, () => void cleanUp().then(() => process.exit(128 + number)));
  }

  try {
    const result = await play({ processes, progress });
    if (json) console.log(JSON.stringify(result, null, 2));
    else show(result);
    return result.claims.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    progress.stop();
    if (!(error instanceof Problem)) throw error;
    if (!processes.ending) showProblem(error, json);
    return 1;
  } finally {
    await cleanUp();
  }
}
