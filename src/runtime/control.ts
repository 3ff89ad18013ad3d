import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownSocket } from '../control/location.js';
import { clearMarker, setMarker } from '../control/marker.js';
import { closeControl, isControlOpen, openControl } from '../control/server.js';
import type { RuntimeStep } from '../core/runtime-step.js';

/**
 * Opening takes 2 ms. Who asks a copy has patience; the requests that wait for it come first, and those
 * of other copies that are made at the same time.
 */
const AFTER_RESTORE_MS = 200;

let wasOpen = false;
let opening: Promise<void> | undefined;

/** The control socket is this process's own: closed before, opened for the copy's pid after. */
export const control: RuntimeStep = {
  name: 'control',
  async quiesce() {
    await opening;
    wasOpen = isControlOpen();
    if (wasOpen) setMarker();
    await closeControl();
  },
  wake({ reason }) {
    if (wasOpen) opening = openSoon(reason === 'restored' ? AFTER_RESTORE_MS : 0);
  },
};

async function openSoon(ms: number): Promise<void> {
  await sleep(ms, undefined, { ref: false });
  await openControl().catch((error) => process.emitWarning(error));
  clearMarker(ownSocket()); // Also when it failed, or who waits for the checkpoint would wait for ever.
}
