import { expect, test } from 'vitest';
import { criu } from '../../../src/doctor/checks/criu.js';
import { host, NO_CRIU } from '../fixtures.js';

const refused = [
  { source: 'PATH', path: '/usr/sbin/criu', reason: 'version 3.17.1 is too old', log: '' },
] as const;

test('one that passed is described', async () => {
  const finding = await criu.examine(host());
  expect(finding).toMatchObject({ status: 'ok', detail: expect.stringContaining('4.2.1 at /opt') });
});

test('none is a failure, and setup the remedy', async () => {
  const finding = await criu.examine(host({}, { search: async () => NO_CRIU }));
  expect(finding).toMatchObject({ status: 'failure', remedy: 'Run `tubthump setup`.' });
});

test('refused ones are named with their reasons', async () => {
  const search = async () => ({ found: null, refused });
  const finding = await criu.examine(host({}, { search, user: 0 }));
  expect(finding).toMatchObject({
    status: 'failure',
    detail: '/usr/sbin/criu: version 3.17.1 is too old',
    remedy: expect.stringContaining('tubthump setup'),
  });
});

test('a user without rights is told to be root', async () => {
  const search = async () => ({ found: null, refused });
  const finding = await criu.examine(host({}, { search, user: 1000 }));
  expect(finding.remedy).toContain('Run as root');
});
