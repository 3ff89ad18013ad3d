import { capabilityNames } from '../capabilities.js';
import { type Check, failure, ok } from '../check.js';

const SCOPE = '/proc/sys/kernel/yama/ptrace_scope';

export const yama: Check = {
  name: 'yama',
  examine(host) {
    const scope = host.read(SCOPE)?.trim();
    if (scope === undefined) return ok('not in this kernel');
    // Scopes 1 and 2 let through who has CAP_SYS_PTRACE; 3 lets nobody, until the next boot.
    if (scope === '3') {
      return failure(
        'ptrace_scope 3: nobody may stop a process',
        'Set kernel.yama.ptrace_scope = 1 in /etc/sysctl.d and boot again: the running kernel cannot be changed back.',
      );
    }
    const isTracer = capabilityNames(host.status('CapEff') ?? '').has('sys_ptrace');
    if (scope === '0' || isTracer) return ok(`ptrace_scope ${scope}`);
    return failure(
      `ptrace_scope ${scope} without CAP_SYS_PTRACE`,
      'Run as root (in a container: --cap-add SYS_PTRACE), or sysctl kernel.yama.ptrace_scope=0.',
    );
  },
};
