import { type Check, failure, ok } from '../check.js';

export const seccomp: Check = {
  name: 'seccomp',
  async examine(host) {
    const mode = host.status('Seccomp') ?? '0';
    if (mode === '0') return ok('no filter');
    const { found } = await host.criu();
    if (found) return ok('a filter is on, and CRIU works under it');
    return failure(
      'a filter is on, and CRIU does not work',
      'The default filter of container runtimes blocks ptrace, clone3 or mount calls: start the container with --security-opt seccomp=unconfined.',
    );
  },
};
