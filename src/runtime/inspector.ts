import { close, open, url } from 'node:inspector';
import type { RuntimeStep } from '../core/runtime-step.js';

let was: URL | undefined;

/** An inspector that listens is closed, which ends its sessions, and opened where it was. */
export const inspector: RuntimeStep = {
  name: 'inspector',
  quiesce() {
    const address = url();
    was = address === undefined ? undefined : new URL(address);
    if (was) close();
  },
  wake() {
    // Node itself tells on stderr when the address is taken; no reason for a copy to fail.
    if (was) open(Number(was.port), was.hostname);
    was = undefined;
  },
};
