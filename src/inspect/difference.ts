import type { MappingKind } from '../images/mappings.js';
import type { ProcessReport, Report } from './report.js';

/** What differs between two images: from the first to the second one. */
export interface Difference {
  /** By name of what changed: a version, a label, a size. */
  readonly changed: Readonly<Record<string, readonly [string, string]>>;
  /** By kind of memory, bytes in the image. */
  readonly memory: readonly {
    readonly kind: MappingKind;
    readonly from: number;
    readonly to: number;
  }[];
  readonly descriptors: Sets;
  readonly environment: Sets;
  readonly files: Sets;
  readonly threads: readonly [number, number];
}

interface Sets {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function difference(from: Report, to: Report): Difference {
  return {
    changed: changes(scalars(from), scalars(to)),
    memory: memoryOf(from.processes, to.processes),
    descriptors: sets(descriptorsOf(from), descriptorsOf(to)),
    environment: sets(environmentOf(from), environmentOf(to)),
    files: sets(mappedFiles(from), mappedFiles(to)),
    threads: [threadCount(from), threadCount(to)],
  };
}

function scalars({ manifest, processes }: Report): Record<string, string> {
  const { kernel, cpu, cpuFeatures, engine, bytes, generation, service, hooks, adapters } =
    manifest;
  const prefixed = (prefix: string, record: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(record).map(([name, it]) => [`${prefix} ${name}`, it]));
  return {
    ...{ kernel, cpu, engine, bytes: String(bytes), generation: String(generation) },
    ...{ 'cpu features': cpuFeatures.join(' '), hooks: hooks.join(' ') },
    adapters: adapters.join(' '),
    ...{ command: [service.execPath, ...service.argv].join(' '), directory: service.cwd },
    processes: String(processes.length),
    ...prefixed('version', manifest.versions),
    ...prefixed('label', manifest.labels),
  };
}

function changes(from: Record<string, string>, to: Record<string, string>) {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  const changed = [...names].filter((name) => from[name] !== to[name]);
  return Object.fromEntries(
    changed.map((name) => [name, [from[name] ?? 'none', to[name] ?? 'none'] as const]),
  );
}

function memoryOf(from: readonly ProcessReport[], to: readonly ProcessReport[]) {
  const [before, after] = [stored(from), stored(to)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((kind) => ({ kind, from: before.get(kind) ?? 0, to: after.get(kind) ?? 0 }))
    .filter((region) => region.from !== region.to);
}

function stored(processes: readonly ProcessReport[]): Map<MappingKind, number> {
  const sums = new Map<MappingKind, number>();
  for (const { memory } of processes)
    for (const { kind, stored } of memory) sums.set(kind, (sums.get(kind) ?? 0) + stored);
  return sums;
}

function sets(from: ReadonlySet<string>, to: ReadonlySet<string>): Sets {
  return {
    added: [...to].filter((it) => !from.has(it)).sort(),
    removed: [...from].filter((it) => !to.has(it)).sort(),
  };
}

/** Numbers of pipes and sockets say nothing: they differ in every process. */
function descriptorsOf({ processes }: Report): Set<string> {
  const named = processes.flatMap(({ descriptors }) => descriptors);
  return new Set(
    named.map(({ fd, kind, name }) => {
      const isNumber = /^(pipe |fifo )?\d+( to \d+)?$/.test(name);
      return `${fd} ${kind}${isNumber || !name ? '' : ` ${name}`}`;
    }),
  );
}

function environmentOf({ processes }: Report): Set<string> {
  return new Set(processes.flatMap(({ environment }) => environment));
}

function mappedFiles({ processes }: Report): Set<string> {
  const mappings = processes.flatMap((process) => process.mappings);
  return new Set(mappings.filter(({ kind }) => kind === 'file').map(({ name }) => name));
}

function threadCount({ processes }: Report): number {
  return processes.reduce((sum, { threads }) => sum + threads.length, 0);
}
