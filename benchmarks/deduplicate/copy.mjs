// @ts-check
// An image that is made of a restored copy of another one.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const launcher = resolve('build/Release/tubthump');

/**
 * Restores `from`, asks the copy so many times for `url`, and makes `images` of it.
 *
 * @param {string} from
 * @param {string} images
 * @param {{ url: string, env: NodeJS.ProcessEnv, requests: number }} options
 */
export async function checkpointCopy(from, images, { url, env, requests }) {
  const copy = spawn(launcher, ['restore', from], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await answered(url);
    for (let request = 0; request < requests; request++) await (await fetch(url)).text();
    const args = ['checkpoint', '--images', images, '--pid', String(copy.pid)];
    const { status, stderr } = spawnSync(launcher, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`no image of a copy: ${stderr}`);
  } finally {
    copy.kill();
    if (copy.exitCode === null && copy.signalCode === null) await once(copy, 'exit');
  }
}

/** @param {string} url */
async function answered(url) {
  for (let tries = 0; tries < 500; tries++) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(10);
  }
  throw new Error(`${url} did not answer`);
}
