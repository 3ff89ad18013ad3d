import type { ProcessReport, Report } from './report.js';

/** The report for a terminal. */
export function textOf(report: Report): string {
  const { manifest, files, timings } = report;
  const facts: [string, string][] = [
    ['image', `${manifest.id}, generation ${manifest.generation}`],
    ['made', `${new Date(manifest.createdAt).toISOString()}, engine ${manifest.engine}`],
    ['size', `${bytes(manifest.bytes)} in ${files.length} files`],
    ['needs', `Linux ${manifest.kernel}, ${versions(manifest.versions)}`],
    ['processor', `${manifest.cpu}, ${manifest.cpuFeatures.length} features`],
    ['labels', pairs(manifest.labels)],
    ['hooks', manifest.hooks.join(', ')],
  ];
  if (timings) {
    const { freezingMs, frozenMs, memoryMs, pagesWritten } = timings;
    const text = `frozen ${ms(frozenMs)}, of it ${ms(freezingMs)} to stop and ${ms(memoryMs)} for memory`;
    facts.push(['dump', `${text}; ${pagesWritten} pages written`]);
  }
  if (manifest.notBaked) facts.push(['not mapped', manifest.notBaked]);
  const lines = facts
    .filter(([, value]) => value)
    .map(([name, value]) => `${name.padEnd(11)} ${value}`);
  return [...lines, ...report.processes.flatMap(processLines)].join('\n');
}

function processLines(process: ProcessReport): string[] {
  const { pid, name, executable, user, threads, memory, descriptors, environment } = process;
  return [
    '',
    `process ${pid} (${name}), user ${user}, ${executable}`,
    `  arguments    ${process.arguments.join(' ')}`,
    `  directory    ${process.cwd}`,
    `  threads      ${threads.map((thread) => `${thread.tid} ${thread.name}`).join(', ')}`,
    `  environment  ${environment.join(', ')}`,
    '',
    '  memory         mappings    address space      in the image',
    ...memory.map(
      ({ kind, mappings, size, stored }) =>
        `  ${kind.padEnd(10)} ${String(mappings).padStart(12)} ${bytes(size).padStart(16)} ${bytes(stored).padStart(17)}`,
    ),
    '',
    '  descriptors',
    ...descriptors.map((open) =>
      `  ${String(open.fd).padStart(5)}  ${open.kind.padEnd(10)} ${open.name}`.trimEnd(),
    ),
  ];
}

function versions(known: Readonly<Record<string, string>>): string {
  return Object.entries(known)
    .filter(([name, version]) => version && ['node', 'tubthump', 'criu'].includes(name))
    .map((entry) => entry.join(' '))
    .join(', ');
}

function pairs(record: Readonly<Record<string, string>>): string {
  return Object.entries(record)
    .map((entry) => entry.join('='))
    .join(', ');
}

/** Decimal units, as disks are sold and as `checkpoint` prints. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = count < 1000 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), units.length - 1);
  const value = count / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
