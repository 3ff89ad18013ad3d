import { clearMarker, setMarker } from '../control/marker.js';
import { closeControl, isControlOpen, openControl } from '../control/server.js';
import type { RuntimeStep } from '../core/runtime-step.js';

let wasOpen = false;

/** The control socket is this process's own: closed before, opened for the copy's pid after. */
export const control: RuntimeStep = {
  name: 'control',
  async quiesce() {
    wasOpen = isControlOpen();
    if (wasOpen) setMarker();
    await closeControl();
  },
  async wake() {
    if (!wasOpen) return;
    await openControl();
    clearMarker();
  },
};
