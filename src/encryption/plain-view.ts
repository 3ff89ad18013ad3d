import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { launcherPath } from '../native/package.js';
import { failureOf } from './failure.js';
import { type KeySource, keyArguments } from './key-source.js';

/**
 * Lets `look` look into an image. One that is encrypted is decrypted into the memory of a process of
 * its own meanwhile (native/launcher/decrypt_agent.h), which ends when we do: nothing is on a disk.
 * Without a key `look` gets the image as it is.
 * @throws TubthumpError ERR_TUBTHUMP_KEY and ERR_TUBTHUMP_IMAGE_* when it cannot be decrypted
 */
export async function withPlainImage<T>(
  images: string,
  key: KeySource,
  look: (images: string) => Promise<T>,
): Promise<T> {
  const given = keyArguments(key);
  if (given.length === 0) return await look(images);
  const agent = spawn(launcherPath(), ['decrypt-agent', ...given, images], { stdio: 'pipe' });
  const ended = once(agent, 'close');
  const complaints = text(agent.stderr);
  agent.stdin.on('error', () => {}); // It ended first, and says why.
  try {
    const [line] = await Promise.race([once(agent.stdout, 'data'), ended]);
    if (!Buffer.isBuffer(line)) throw failureOf(await complaints);
    return await look(line.toString('utf8').trim());
  } finally {
    agent.stdin.end();
    await ended;
  }
}
