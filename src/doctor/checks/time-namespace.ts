import { type Check, ok, warning } from '../check.js';

export const timeNamespace: Check = {
  name: 'time namespace',
  examine(host) {
    if (host.has('/proc/self/timens_offsets')) return ok('monotonic clocks go on after a restore');
    return warning(
      'not in this kernel: after a reboot, monotonic clocks of a copy jump',
      'Use a kernel >= 5.6 with CONFIG_TIME_NS.',
    );
  },
};
