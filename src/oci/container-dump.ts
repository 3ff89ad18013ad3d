import type { ImageDirectory } from '../images/directory.js';
import type { Manifest } from '../images/manifest.js';
import { createdAt, nameOf } from './annotations.js';
import { DUMPS } from './entries.js';
import type { LayerEntry } from './layer-writer.js';

/**
 * The files in which container engines describe a checkpoint, as far as `checkpointctl` reads
 * them (lib/metadata.go and internal/container.go of 1.4). The service was in no container.
 */
export async function containerDumps(
  images: ImageDirectory,
  manifest: Manifest,
): Promise<LayerEntry[]> {
  const { id, service, versions } = manifest;
  const time = createdAt(manifest);
  const config = {
    id,
    name: nameOf(manifest),
    runtime: `node ${versions.node ?? ''}`.trim(),
    createdTime: time,
    checkpointedTime: time,
  };
  const spec = {
    ociVersion: '1.0.0',
    process: { args: [service.execPath, ...service.argv], cwd: service.cwd },
    annotations: {
      'io.container.manager': 'tubthump',
      // checkpointctl asks this for the name, of an engine that it does not know.
      'io.kubernetes.cri.container-name': nameOf(manifest),
    },
  };
  const hasStats = (await images.names()).includes(DUMPS.stats);
  return [
    entryOf(DUMPS.config, JSON.stringify(config)),
    entryOf(DUMPS.spec, JSON.stringify(spec)),
    ...(hasStats ? [entryOf(DUMPS.stats, await images.read(DUMPS.stats))] : []),
  ];
}

export function entryOf(name: string, content: string | Buffer): LayerEntry {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, data: () => [bytes] };
}
