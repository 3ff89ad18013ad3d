import { launcherPath } from '../native/package.js';
import { run } from '../process/run.js';
import { failureOf } from './failure.js';
import { type KeySource, keyArguments } from './key-source.js';

/**
 * Whether there is a key that can be used; what is in it stays with the native part.
 * @throws TubthumpError ERR_TUBTHUMP_KEY saying what is wrong with it
 */
export async function checkKeyFile(key: KeySource): Promise<void> {
  const args = ['decrypt-agent', ...keyArguments(key)];
  const { status, stderr } = await run(launcherPath(), args, { timeoutMs: 60_000 });
  if (status !== 0) throw failureOf(stderr);
}
