import { type Check, failure, ok, warning } from '../check.js';

// 5.9 brought CAP_CHECKPOINT_RESTORE, 5.5 clone3 with a chosen pid.
const OLDEST = 5.09;

export const kernel: Check = {
  name: 'kernel',
  examine({ facts: { platform, arch, release } }) {
    const detail = `${platform} ${release}, ${arch}`;
    if (platform !== 'linux') return failure(detail, 'CRIU exists for Linux only.');
    if (arch !== 'x64') return failure(detail, 'Use an x86-64 machine: nothing else is built.');
    if (ordinal(release) >= OLDEST) return ok(detail);
    return warning(detail, 'Use a kernel >= 5.9: older ones were never tried.');
  },
};

/** 6.18.44 is 6.18, 5.9.1 is 5.09. */
function ordinal(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map((part) => Number.parseInt(part, 10));
  return major + minor / 100;
}
