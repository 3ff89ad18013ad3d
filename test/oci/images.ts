import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const directories = new Set<string>();

afterEach(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  directories.clear();
});

/** Removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-oci-'));
  directories.add(directory);
  return directory;
}

/** A directory with a manifest and files, as far as moving it about needs them. */
export function imageWith(path: string, files: Readonly<Record<string, Buffer>>): string {
  mkdirSync(path, { recursive: true });
  const manifest = {
    ...{ format: 2, id: 'an-id', createdAt: 1_700_000_000_000, generation: 1, engine: 'map' },
    ...{ bytes: 0, pid: 7, tasks: [7], labels: { name: 'shop', color: 'red' }, kernel: '6.18' },
    versions: { node: '20.20.2', tubthump: '0.1.0', v8: '11.3' },
    service: { execPath: '/usr/bin/node', argv: ['/app/server.js'], cwd: '/app' },
    files: Object.entries(files).map(([name, bytes]) => ({ name, size: bytes.length })),
  };
  const all = { ...files, 'manifest.json': Buffer.from(JSON.stringify(manifest)) };
  for (const [name, bytes] of Object.entries(all))
    writeFileSync(join(path, name), bytes, { mode: 0o400 });
  return path;
}

/** Pages of one letter each; a dot is an empty one. */
export function pages(letters: string): Buffer {
  return Buffer.concat([...letters].map((it) => Buffer.alloc(4096, it === '.' ? 0 : it)));
}
