import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { clearMarker, setMarker } from '../control/marker.js';
import { closeControl, isControlOpen, openControl } from '../control/server.js';
import type { RuntimeStep } from '../core/runtime-step.js';

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
  wake() {
    // Whoever asks has patience; the requests that wait for this copy come first.
    if (wasOpen) opening = openSoon();
  },
};

async function openSoon(): Promise<void> {
  await nextTurn();
  await openControl().catch((error) => process.emitWarning(error));
  clearMarker();
}
