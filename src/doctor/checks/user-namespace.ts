import { type Check, ok, warning } from '../check.js';

export const userNamespace: Check = {
  name: 'user namespace',
  examine(host) {
    const map = host.read('/proc/self/uid_map')?.trim().split(/\s+/).map(Number);
    if (!map) return ok('the kernel has none');
    const [inside, outside, count] = map;
    if (inside === 0 && outside === 0 && count === 4294967295) return ok('the initial one');
    return warning(
      `a nested one: user 0 here is user ${outside} outside`,
      'Root here is not root of the machine, and CRIU needs that for most restores: run in a container without user namespace (rootful podman or docker).',
    );
  },
};
