import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import process from 'node:process';
import { poolRegistry } from '../../adapters/pools.js';
import { callNative } from '../../native/load.js';
import { PACKAGE_VERSION } from '../../native/package.js';
import type { CheckpointRequest, MemoryGain, Prepared } from '../engine.js';

/**
 * The part of manifest.json that only the library knows; the dump agent adds what the dump shows
 * (pids, channel, files and sizes) and writes it last.
 */
export interface ManifestDraft {
  readonly id: string;
  /** Wall clock in ms since the epoch. */
  readonly createdAt: number;
  /** How many restores lie behind the dumped state. */
  readonly generation: number;

  readonly versions: Readonly<Record<string, string>>;
  readonly kernel: string;
  readonly cpu: string;
  /** Instruction sets that code was chosen by: a copy needs all of them. */
  readonly cpuFeatures: readonly string[];
  /** Permitted capabilities, hex: a copy needs these too. */
  readonly capabilities: string;
  readonly service: {
    readonly execPath: string;
    readonly argv: readonly string[];
    readonly cwd: string;
  };
  readonly labels: Readonly<Record<string, string>>;
  readonly hooks: readonly string[];
  /** npm packages whose connections an adapter takes care of. */
  readonly adapters: readonly string[];
  /** Of the checkpoint until now, in ms; the dump agent adds its own. */
  readonly timings?: Prepared['timings'];
  /** What the collection before the dump gave back, by region. */
  readonly memory?: MemoryGain;
}

/** Describes this process as it is now. */
export function draftManifest(request: CheckpointRequest): ManifestDraft {
  return {
    id: randomUUID(),
    createdAt: Date.now(),
    generation: request.generation,

    versions: {
      tubthump: PACKAGE_VERSION,
      node: process.versions.node,
      v8: process.versions.v8,
      uv: process.versions.uv,
      openssl: process.versions.openssl ?? '',
    },
    kernel: release(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cpuFeatures: callNative((addon) => addon.cpuFeatures()),
    capabilities: permittedCapabilities(),
    service: { execPath: process.execPath, argv: process.argv.slice(1), cwd: process.cwd() },
    labels: request.labels,
    hooks: request.hooks,
    adapters: [...poolRegistry().packages].sort(),
    ...(request.prepared.timings && { timings: request.prepared.timings }),
    ...(request.prepared.memory && { memory: request.prepared.memory }),
  };
}

/** proc(5): /proc/PID/status */
function permittedCapabilities(): string {
  return /^CapPrm:\t(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
}
