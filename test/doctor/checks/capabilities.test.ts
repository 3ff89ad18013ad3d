import { expect, test } from 'vitest';
import { capabilityNames } from '../../../src/doctor/capabilities.js';
import { capabilities } from '../../../src/doctor/checks/capabilities.js';
import { host, NO_CRIU, processStatus } from '../fixtures.js';

test('bits have the names of the kernel', () => {
  expect([...capabilityNames('0000000000000001')]).toEqual(['chown']);
  expect([...capabilityNames('0000010000200000')]).toEqual(['sys_admin', 'checkpoint_restore']);
  expect(capabilityNames('000001ffffffffff').size).toBe(41);
});

test('all of them are ok', async () => {
  expect(await capabilities.examine(host(processStatus()))).toMatchObject({ status: 'ok' });
});

test('a missing one is named with what it is for', async () => {
  expect(await capabilities.examine(host(processStatus('000001fffeffffff')))).toEqual({
    status: 'warning',
    detail: 'missing: sys_resource (raising limits above the hard limit)',
    remedy: 'In a container: --cap-add SYS_RESOURCE.',
  });
});

// What docker gives by default.
const CONTAINER = '00000000a80425fb';

test('without sys_admin and checkpoint_restore it is a failure', async () => {
  const finding = await capabilities.examine(
    host(processStatus(CONTAINER), { search: async () => NO_CRIU }),
  );
  expect(finding).toMatchObject({ status: 'failure', remedy: expect.stringContaining('setcap') });
});

test('unless CRIU has file capabilities of its own', async () => {
  expect(await capabilities.examine(host(processStatus(CONTAINER)))).toMatchObject({
    status: 'ok',
  });
});
