import { basename, extname } from 'node:path';
import type { Manifest } from '../images/manifest.js';
import { PACKAGE_VERSION } from '../native/package.js';
import type { Annotations } from './documents.js';

/**
 * What a manifest and a config say of an image: what the OCI specification, checkpointctl
 * (lib/annotations.go of 1.4) and CRI-O (its checkpoint images) have names for, then our own.
 * @param baseDigest of the manifest of the base
 */
export function annotationsOf(manifest: Manifest, baseDigest?: string): Annotations {
  const { versions, kernel, engine, generation, id } = manifest;
  const name = nameOf(manifest);
  return withoutEmpty({
    'org.opencontainers.image.created': createdAt(manifest),
    'org.opencontainers.image.title': name,
    'org.opencontainers.image.base.digest': baseDigest,
    'org.criu.checkpoint.engine.name': 'tubthump',
    'org.criu.checkpoint.engine.version': versions.tubthump ?? PACKAGE_VERSION,
    'org.criu.checkpoint.container.name': name,
    'org.criu.checkpoint.runtime.name': 'node',
    'org.criu.checkpoint.runtime.version': versions.node,
    'org.criu.checkpoint.criu.version': versions.criu,
    'org.criu.checkpoint.host.arch': 'amd64',
    'org.criu.checkpoint.host.kernel': kernel,
    'io.kubernetes.cri-o.annotations.checkpoint.name': name,
    'tubthump.image.id': id,
    'tubthump.image.engine': engine,
    'tubthump.image.generation': String(generation),
    'tubthump.v8.version': versions.v8,
    ...Object.fromEntries(
      Object.entries(manifest.labels)
        .filter(([label]) => !label.startsWith('tubthump.'))
        .map(([label, value]) => [`tubthump.label.${label}`, value]),
    ),
  });
}

/** The label `name`, else what the service's script is called. */
export function nameOf({ labels, service }: Manifest): string {
  const [script = service.execPath] = service.argv;
  return labels.name || basename(script, extname(script)) || 'service';
}

/** RFC 3339. */
export function createdAt({ createdAt: ms }: Manifest): string {
  return new Date(ms).toISOString();
}

/** In order of name, for equal images to have equal bytes. */
function withoutEmpty(all: Readonly<Record<string, string | undefined>>): Annotations {
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
  );
}
