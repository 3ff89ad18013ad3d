import { capabilityNames } from '../capabilities.js';
import { type Check, failure, ok, warning } from '../check.js';

/** What CRIU uses in a dump or a restore as root, and what is lost without it. */
const WANTED: Readonly<Record<string, string>> = {
  sys_ptrace: 'stopping the service',
  setpcap: 'giving the copy its capabilities (a restore may hang)',
  setuid: 'giving the copy its user',
  setgid: 'giving the copy its groups',
  kill: 'stopping services of other users',
  dac_override: 'reading what the service may read',
  net_admin: 'sockets with bytes on their way',
  sys_resource: 'raising limits above the hard limit',
};

export const capabilities: Check = {
  name: 'capabilities',
  async examine(host) {
    const mask = host.status('CapEff') ?? '';
    const have = capabilityNames(mask);
    if (!have.has('sys_admin') && !have.has('checkpoint_restore')) return unprivileged(host);
    const missing = Object.keys(WANTED).filter((name) => !have.has(name));
    if (missing.length === 0) return ok(`all that CRIU uses (${mask})`);
    return warning(
      `missing: ${missing.map((name) => `${name} (${WANTED[name]})`).join(', ')}`,
      `In a container: ${missing.map((name) => `--cap-add ${name.toUpperCase()}`).join(' ')}.`,
    );
  },
};

/** CRIU's own file capabilities can make up for what its user lacks: the probe knows. */
async function unprivileged(host: Parameters<Check['examine']>[0]) {
  const { found } = await host.criu();
  if (found) return ok('none needed: CRIU has file capabilities');
  return failure(
    'neither sys_admin nor checkpoint_restore',
    'Run as root, or give CRIU file capabilities: setcap cap_checkpoint_restore,cap_setpcap+ep PATH. In a container: --cap-add SYS_ADMIN, SYS_PTRACE, CHECKPOINT_RESTORE, or --privileged.',
  );
}
