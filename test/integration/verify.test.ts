import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAUNCHER, SERVICE, startService } from './harness.js';
import { imageOf } from './state.js';

const SEEDED = resolve('test/fixtures/seeded.mjs');

function verify(images: string) {
  const args = ['verify', '--randomness', images, '--json'];
  const { status, stdout, stderr } = spawnSync(LAUNCHER, args, { encoding: 'utf8' });
  const results =
    stdout && (JSON.parse(stdout).generators as { generator: string; agrees: boolean }[]);
  return { status, stderr, results: results || [] };
}

const agreeing = ({ results }: ReturnType<typeof verify>) =>
  results.filter(({ agrees }) => agrees).map(({ generator }) => generator);

describe('tubthump verify --randomness', () => {
  it('finds that no generator of two copies agrees', async () => {
    const images = await imageOf(await startService([process.execPath, SERVICE]));
    const verified = verify(images);
    expect(verified.status).toBe(0);
    expect(verified.results).toHaveLength(6);
    expect(agreeing(verified)).toEqual([]);
  });

  it("fails for a generator of the application's own, unless a hook seeds it", async () => {
    const images = await imageOf(await startService([process.execPath, SEEDED]));
    const verified = verify(images);
    expect(agreeing(verified)).toEqual(['Math.random']);
    expect(verified.stderr).toContain('ERR_TUBTHUMP_RANDOMNESS');
    expect(verified.status).toBe(70);
    const hooked = await startService([process.execPath, SEEDED], [], { HOOK: '1' });
    expect(verify(await imageOf(hooked))).toMatchObject({ status: 0 });
  });

  it('says so when there is no image', () => {
    const verified = verify('/nowhere');
    expect(verified.status).toBe(66);
    expect(verified.stderr).toContain('ERR_TUBTHUMP_IMAGE_MISSING');
  });
});
