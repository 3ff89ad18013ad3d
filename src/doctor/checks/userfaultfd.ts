import { capabilityNames } from '../capabilities.js';
import { type Check, ok, warning } from '../check.js';

const NEEDED_BY = 'needed by the `stream` engine only';

export const userfaultfd: Check = {
  name: 'userfaultfd',
  async examine(host) {
    const feature = await host.feature('uffd-noncoop');
    if (feature === false) {
      return warning(
        `not in this kernel, or blocked (${NEEDED_BY})`,
        'Use a kernel with CONFIG_USERFAULTFD; in a container: --security-opt seccomp=unconfined.',
      );
    }
    const isOpen = host.read('/proc/sys/vm/unprivileged_userfaultfd')?.trim() === '1';
    const isTracer = capabilityNames(host.status('CapEff') ?? '').has('sys_ptrace');
    if (isTracer || isOpen) return ok(isTracer ? 'with faults of the kernel' : 'open to all users');
    return warning(
      `no right to handle faults of the kernel (${NEEDED_BY})`,
      'Run as root, add CAP_SYS_PTRACE, give access to /dev/userfaultfd, or sysctl vm.unprivileged_userfaultfd=1.',
    );
  },
};
