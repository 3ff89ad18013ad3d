import { closeSync, constants, openSync } from 'node:fs';
import { callNative } from '../../native/load.js';
import { statOf } from '../../process/special-files.js';

/** What goes over the channel beside stdio: kMaxDescriptors in native/core/handover/channel.h. */
const MOST = 60;

const parked = new Set<number>();

/** Listening sockets that nobody accepts from, but that go on queueing who connects. */
export function parkedSockets(): ReadonlySet<number> {
  return parked;
}

/** A second descriptor of a listening socket; undefined when there are too many of them. */
export function park(fd: number): number | undefined {
  if (parked.size >= MOST) return undefined;
  const number = openSync('/dev/null', constants.O_RDONLY);
  callNative((addon) => addon.replaceDescriptor(fd, number));
  parked.add(number);
  return number;
}

/**
 * Whether the socket is back under its number, which is the caller's from here on. In a copy, and when
 * who kept it is gone, /dev/null stands there: it is closed.
 */
export function unpark(number: number): boolean {
  parked.delete(number);
  if (statOf(number).isSocket()) return true;
  closeSync(number);
  return false;
}
