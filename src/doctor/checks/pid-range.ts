import { type Check, ok, warning } from '../check.js';

/** What systemd sets on 64-bit machines, the kernel's highest. */
const WIDE = 4_194_304;

export const pidRange: Check = {
  name: 'pid range',
  examine(host) {
    const text = host.read('/proc/sys/kernel/pid_max');
    if (text === null) return ok('unknown');
    const highest = Number(text);
    if (highest >= WIDE) return ok(`up to ${highest}`);
    return warning(
      `up to ${highest}: a copy needs its old pids, which are soon taken by others`,
      `sysctl kernel.pid_max=${WIDE}`,
    );
  },
};
