import { cpus } from 'node:os';
import { failure, ok } from '../../doctor/check.js';
import { TubthumpError } from '../../errors/index.js';
import { callNative } from '../../native/load.js';
import { CriuClient } from '../../rpc/index.js';
import type { ImageCheck, Subject } from '../check.js';

const REMEDY = 'Make the image on the oldest processor that is to run it.';

/** By the flags that Node chooses its code by, then by what CRIU wants of registers and instructions. */
export const processor: ImageCheck = {
  name: 'processor',
  async examine(subject) {
    const { manifest } = subject;
    const ours = new Set(callNative((addon) => addon.cpuFeatures()));
    const missing = manifest.cpuFeatures.filter((feature) => !ours.has(feature));
    if (missing.length > 0) {
      return failure(`this one lacks ${missing.join(', ')}`, REMEDY);
    }
    const refused = await criuRefuses(subject);
    if (refused !== undefined) return failure(refused, REMEDY);
    return ok(`${cpus()[0]?.model} has all ${manifest.cpuFeatures.length} features`);
  },
};

/** Why CRIU holds this processor for another kind than the one in cpuinfo.img; undefined: it does not. */
async function criuRefuses({ images, criu }: Subject): Promise<string | undefined> {
  if (!(await images.names()).includes('cpuinfo.img')) return undefined;
  try {
    await new CriuClient({ criu }).cpuinfoCheck({ imagesDir: images.path });
    return undefined;
  } catch (error) {
    if (!TubthumpError.is(error)) throw error;
    // Without a CRIU that works there is a finding of its own.
    return error.code === 'ERR_TUBTHUMP_IMAGE_MISMATCH' ? error.message : undefined;
  }
}
