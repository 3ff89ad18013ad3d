import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { imageOfKeeper, type Kept, keyFile, reversed, secretWord, tubthump } from './encrypted.js';
import { end, get, launch, temporaryDirectory } from './harness.js';
import { filesWith } from './state.js';

const ROUTES = {
  pack: (images: string, place: string, copy: string) => [
    ['pack', images, join(place, 'file')],
    ['unpack', join(place, 'file'), copy],
  ],
  oci: (images: string, place: string, copy: string) => [
    ['oci', 'export', images, `${join(place, 'layout')}:1`],
    ['oci', 'import', `${join(place, 'layout')}:1`, copy],
  ],
};

it.each(['pack', 'oci'] as const)('an encrypted image goes through %s as it is', async (route) => {
  const [word, key] = [secretWord(), keyFile()];
  const { images, port } = imageOfKeeper(word, ['--encrypt', key]);
  const place = temporaryDirectory();
  const copy = join(place, 'copy');
  // Nobody on the way needs the key.
  for (const args of ROUTES[route](images, place, copy))
    expect(tubthump(args)).toMatchObject({ status: 0, stderr: '' });
  expect(filesWith(reversed(word), place)).toEqual([]);
  for (const name of readdirSync(images))
    expect(readFileSync(join(copy, name)).equals(readFileSync(join(images, name)))).toBe(true);
  const restored = launch(['restore', '--key', key, copy]);
  const answer = (await get(port)) as unknown as Kept;
  expect(answer.inHeap).toBe(`heap ${reversed(word)}`);
  await end(restored.child);
});
