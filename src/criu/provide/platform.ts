import { TubthumpError } from '../../errors/index.js';

/** @throws ERR_TUBTHUMP_PLATFORM where neither CRIU's packages nor our native code exist */
export function requirePlatform(
  platform: string = process.platform,
  arch: string = process.arch,
): void {
  if (platform === 'linux' && arch === 'x64') return;
  throw new TubthumpError(
    'ERR_TUBTHUMP_PLATFORM',
    `this is ${platform} on ${arch}; checkpoint and restore need Linux on x64`,
  );
}
