import { chmodSync } from 'node:fs';
import { expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { controlDirectory } from '../../src/control/location.js';
import { startService, temporaryDirectory, waitForOutput } from './harness.js';

it('who asked for a checkpoint hears it when the service goes on without a control socket', async () => {
  const service = await startService();
  const directory = controlDirectory(0);
  const asked = askCheckpoint(service.pid, {
    images: `${temporaryDirectory()}/image`,
    leaveRunning: true,
  });
  // Others may use the directory: it is wrong until the service has seen it, no longer.
  chmodSync(directory, 0o711);
  try {
    await waitForOutput(
      service,
      /\/run\/tubthump is not a directory of this user alone .* mode 0711/,
    );
  } finally {
    chmodSync(directory, 0o700);
  }
  await expect(asked).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_CONTROL' });
});
