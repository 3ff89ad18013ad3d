import type { ProcessReport, Report } from './report.js';
import type { Timings } from './timings.js';
import type { Touched } from './touched.js';

/** The report for a terminal. */
export function textOf(report: Report): string {
  const { manifest, files, timings } = report;
  const facts: [string, string][] = [
    ['image', identity(manifest)],
    ['made', `${new Date(manifest.createdAt).toISOString()}, engine ${manifest.engine}`],
    ['size', `${bytes(manifest.bytes)} in ${files.length} files`],
    ['needs', manifest.kernel && `Linux ${manifest.kernel}, ${versions(manifest.versions)}`],
    ['processor', manifest.cpu && `${manifest.cpu}, ${manifest.cpuFeatures.length} features`],
    ['labels', pairs(manifest.labels)],
    ['hooks', manifest.hooks.join(', ')],
    ['adapters', manifest.adapters.join(', ')],
  ];
  if (timings) facts.push(...timingFacts(timings));
  if (report.workingSet) facts.push(['working set', workingSetText(report.workingSet)]);
  if (manifest.notBaked) facts.push(['not mapped', manifest.notBaked]);
  const lines = facts
    .filter(([, value]) => value)
    .map(([name, value]) => `${name.padEnd(11)} ${value}`);
  return [...lines, ...report.processes.flatMap(processLines)].join('\n');
}

function identity({ id, generation }: Report['manifest']): string {
  return id ? `${id}, generation ${generation}` : 'made by CRIU alone, without a manifest';
}

function timingFacts(timings: Timings): [string, string][] {
  const { hooksMs, quiesceMs, bakeMs, freezingMs, frozenMs, memoryMs, pagesWritten } = timings;
  const parts = [`${ms(freezingMs)} to stop`, `${ms(memoryMs)} for memory`];
  if (bakeMs !== undefined) parts.push(`${ms(bakeMs)} to lay out the heap`);
  const before = [
    hooksMs === undefined ? '' : `hooks ${ms(hooksMs)}`,
    quiesceMs === undefined ? '' : `runtime ${ms(quiesceMs)}`,
  ];
  return [
    ['before it', before.filter(Boolean).join(', ')],
    ['dump', `frozen ${ms(frozenMs)}; ${parts.join(', ')}; ${pagesWritten} pages written`],
  ];
}

function workingSetText({ files, unreadable }: Touched): string {
  if (unreadable) return unreadable;
  return files
    .filter(({ inImage }) => inImage)
    .map(({ name, pages, written }) => {
      const [all, own] = [pages, written].map((count) => bytes(count * 4096));
      return `${all} of ${name}, ${own} of it written`;
    })
    .join(', ');
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
    '  memory         mappings    address space      in the image      working set          written',
    ...memory.map(({ kind, mappings, ...sizes }) => {
      const { size, stored, touched, written } = sizes;
      const columns = [size, stored, touched, written].map((it) => bytes(it).padStart(17));
      return `  ${kind.padEnd(10)} ${String(mappings).padStart(12)}${columns.join('')}`;
    }),
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
