import { warmUp } from '../checkpoint/warm-up.js';
import { type KeySource, keyArguments } from '../encryption/key-source.js';
import { Agent } from './agent.js';
import type { WorkingSet } from './working-set.js';

export interface RecordOptions {
  /** The image's directory, an absolute path. */
  readonly images: string;
  /** What copies are asked for. */
  readonly urls: readonly string[];
  /** Requests to each URL in a run. */
  readonly requests: number;
  /** Copies that are restored, one after the other. */
  readonly runs: number;
  /** Limit for each URL to answer, in ms. */
  readonly timeoutMs: number;
  readonly criu?: string;
  /** Of an image that is encrypted. */
  readonly key?: KeySource;
}

/**
 * Restores the image and sends the requests, as often as asked, and adds what the copies touched to
 * the image's working set. The copies are real: their hooks run, and they end by SIGKILL.
 * @returns all of the working set
 * @throws TubthumpError of the restore; ERR_TUBTHUMP_NOT_READY when a URL gives no good answer
 */
export async function recordWorkingSet(options: RecordOptions): Promise<WorkingSet> {
  let recorded = await recordOnce(options);
  for (let run = 1; run < options.runs; run++) recorded = await recordOnce(options);
  return recorded;
}

async function recordOnce(options: RecordOptions): Promise<WorkingSet> {
  const { images, urls, requests, timeoutMs, criu, key = {} } = options;
  const place = ['record', images, ...(criu === undefined ? [] : [criu])];
  const agent = new Agent([...place, ...keyArguments(key)]);
  try {
    await agent.recording();
    await warmUp({ urls, requests, timeoutMs, assertAlive: () => agent.assertAlive() });
  } catch (error) {
    await agent.abandon();
    throw error;
  }
  agent.finish();
  return await agent.result();
}
