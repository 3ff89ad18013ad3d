import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCriu } from '../../src/criu/find.js';
import { fakeCriu, realCriu, script, temporaryCache } from './fixtures.js';

const NO_PATH = { PATH: '/nowhere' };

test('takes the first that passes the probe, and says why the others were passed over', async () => {
  const real = await realCriu();
  const tooOld = script('echo "Version: 3.17.1"');
  const search = await findCriu({
    criu: tooOld,
    environment: { ...NO_PATH, TUBTHUMP_CRIU: real },
    cache: temporaryCache(),
  });
  expect(search.found).toMatchObject({ path: real, source: 'TUBTHUMP_CRIU', probe: { ok: true } });
  expect(search.refused).toMatchObject([
    { path: tooOld, source: 'option', reason: 'version 3.17.1 is too old, 4.2 is needed' },
  ]);
});

test('refuses one that says it is good but cannot dump', async () => {
  const real = await realCriu();
  const liar = fakeCriu(`[ "$1" = dump ] && exit 1; exec ${real} "$@"`);
  const search = await findCriu({ criu: liar, environment: NO_PATH, cache: temporaryCache() });
  expect(search.refused[0]?.reason).toBe('version 4.2.1 fails the probe at dump: exit status 1');
});

test('remembers what passed, and probes it again only when asked to', async () => {
  const real = await realCriu();
  const cache = temporaryCache();
  const options = { criu: real, environment: NO_PATH, cache };
  await findCriu(options);
  expect(existsSync(cache.probes)).toBe(true);

  const unprobeable = { ...options, launcher: '/nowhere/tubthump' };
  expect((await findCriu(unprobeable)).found?.path).toBe(real);
  expect((await findCriu({ ...unprobeable, fresh: true })).found).toBeNull();
});

test('does not remember a failure', async () => {
  const real = await realCriu();
  const options = { criu: real, environment: NO_PATH, cache: temporaryCache() };
  expect((await findCriu({ ...options, launcher: '/nowhere/tubthump' })).found).toBeNull();
  expect((await findCriu(options)).found?.path).toBe(real);
});
