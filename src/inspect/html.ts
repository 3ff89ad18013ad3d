import { escapeMarkup } from './markup.js';
import { type Key, LEGEND, memoryMap, STRIPES } from './memory-map.js';
import type { ProcessReport, Report } from './report.js';
import { bytes, textOf } from './text.js';

/** The report as one page that needs nothing else: no script, no other file, no network. */
export function htmlOf(report: Report): string {
  const { manifest } = report;
  const [root] = report.processes;
  const words = manifest.id ? manifest.service.argv : (root?.arguments ?? []);
  const title = `${words[0] ?? 'image'} – ${manifest.id}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeMarkup(words.join(' '))}</h1>
<pre>${escapeMarkup(textOf({ ...report, processes: [] }))}</pre>
${report.processes.map(processHtml).join('\n')}
<h2>Files of the image</h2>
${table(
  ['name', 'size'],
  report.files.map(({ name, size }) => [name, bytes(size)]),
)}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: .15rem 1rem .15rem 0; border-bottom: 1px solid #8884; }
td { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
ul { list-style: none; padding: 0; }
`;

function processHtml(process: ProcessReport): string {
  const { pid, name, threads, environment, descriptors, memory, mappings } = process;
  return `<h2>Process ${pid}: ${escapeMarkup(name)}</h2>
${table(
  ['', ''],
  [
    ['executable', process.executable],
    ['arguments', process.arguments.join(' ')],
    ['directory', process.cwd],
    ['user', String(process.user)],
    ['threads', threads.map((thread) => `${thread.tid} ${thread.name}`).join(', ')],
    ['environment', environment.join(', ')],
  ],
)}
<h3>Memory</h3>
${memoryMap(mappings)}
<ul>${memory.map(({ kind }) => legend(kind, LEGEND[kind])).join('')}
${Object.entries(STRIPES)
  .map(([name, key]) => legend(name, key))
  .join('')}</ul>
${table(
  ['kind', 'mappings', 'address space', 'in the image', 'working set', 'written'],
  memory.map(({ kind, mappings, ...sizes }) => [
    ...[kind, String(mappings), bytes(sizes.size), bytes(sizes.stored)],
    ...[bytes(sizes.touched), bytes(sizes.written)],
  ]),
)}
<h3>Descriptors</h3>
${table(
  ['number', 'kind', 'what'],
  descriptors.map((open) => [String(open.fd), open.kind, open.name]),
)}`;
}

function legend(name: string, { color, meaning }: Key): string {
  return `<li><span class="key" style="background:${color}"></span>${name}: ${escapeMarkup(meaning)}</li>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  const header = head.some(Boolean) ? `<tr>${cells(head, 'th')}</tr>\n` : '';
  return `<table>${header}${body}</table>`;
}
