import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FoundCriu } from '../../../src/criu/find.js';
import { restoreBinary } from '../../../src/doctor/checks/restore-binary.js';
import { temporaryDirectory } from '../../criu/fixtures.js';
import { GOOD_FOUND, host, NO_CRIU } from '../fixtures.js';

const examine = (path: string, source: FoundCriu['source']) =>
  restoreBinary.examine(
    host({}, { search: async () => ({ found: { ...GOOD_FOUND, path, source }, refused: [] }) }),
  );

test('one beside the private CRIU is named', async () => {
  const path = join(temporaryDirectory(), 'criu');
  writeFileSync(`${path}-restore`, '');
  const finding = await examine(path, 'private prefix');
  expect(finding).toMatchObject({ status: 'ok', detail: expect.stringContaining('criu-restore') });
});

test('a private CRIU without one is slower, and setup the remedy', async () => {
  const finding = await examine('/nowhere/criu', 'private prefix');
  expect(finding).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('longer'),
    remedy: expect.stringContaining('tubthump setup'),
  });
});

test('a CRIU of the user is taken as it is', async () => {
  const finding = await examine('/usr/sbin/criu', 'PATH');
  expect(finding).toEqual({ status: 'ok', detail: '/usr/sbin/criu, as it is' });
});

test('without any CRIU there is one failure, not two', async () => {
  const finding = await restoreBinary.examine(host({}, { search: async () => NO_CRIU }));
  expect(finding.status).toBe('ok');
});
