import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { native } from '../../../src/doctor/checks/native.js';
import { temporaryDirectory } from '../../criu/fixtures.js';
import { host } from '../fixtures.js';

test('names what is not built', async () => {
  const packageRoot = temporaryDirectory();
  mkdirSync(join(packageRoot, 'build/Release'), { recursive: true });
  writeFileSync(join(packageRoot, 'build/Release/tubthump'), '');
  expect(await native.examine(host({}, { packageRoot }))).toEqual({
    status: 'failure',
    detail: 'not built: addon (build/Release/tubthump.node)',
    remedy: 'Run `npm run build:native`.',
  });
  writeFileSync(join(packageRoot, 'build/Release/tubthump.node'), '');
  expect(await native.examine(host({}, { packageRoot }))).toMatchObject({ status: 'ok' });
});
