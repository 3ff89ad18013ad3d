// @ts-check
// Where the milliseconds of one restore go: medians of its stages, from tracepoints of the kernel.
// Needs perf(1), and nothing else on the machine. Specific tracepoints make a restore less than a
// millisecond slower; `perf trace`, which sees every system call, makes it twice as long.
//   node benchmarks/stages.mjs [--samples 15] [--workload heap-250]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { machineFacts } from '../dist/bench/machine.js';
import { summarise } from '../dist/bench/statistics.js';
import { launcherPath, meterPath } from '../dist/native/package.js';
import { criu, SCRATCH } from './programs.mjs';
import * as workloads from './workloads.mjs';

/** The meter's network is its own: nobody else has it there. */
const PORT = '8250';
/** A stage ends with the first such event after the one before; `[task, event, what it says]`. */
const STAGES = /** @type {const} */ ([
  ['launcher’s exec', 'tubthump', 'sched_process_exec', /./],
  ['CRIU’s exec', 'criu-restore', 'sched_process_exec', /./],
  ['CRIU has answered', 'tubthump', 'sys_exit_recvmsg', /./],
  ['the copy is forked', 'criu-restore', 'sys_exit_clone3', / 0x[1-9a-f]/],
  ['its pages are read', 'criu-restore', 'sys_enter_preadv', /./],
  ['all are read', 'criu-restore', 'sys_exit_preadv', /./],
  ['the last thread is made', 'MainThread', 'sys_enter_clone3', /./, 'last'],
  ['it runs', 'MainThread', 'sys_enter_rt_sigreturn', /./],
  ['it has what the launcher sent', 'MainThread', 'sys_exit_recvmsg', / 0x[0-9a-f]{2}/],
  ['it listens', 'MainThread', 'sys_enter_listen', /./],
  ['it accepts', 'MainThread', 'sys_exit_accept4', / 0x[0-7][0-9a-f]*$/],
  ['it answers', 'MainThread', 'sys_enter_write', /./],
]);

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '15' },
    workload: { type: 'string', default: 'heap-250' },
  },
});
const samples = Number(values.samples);
if (!Number.isInteger(samples) || samples < 1) throw new Error('--samples takes a positive number');
const workload = Object.values(workloads).find(
  (each) => typeof each === 'object' && each.id === values.workload,
);
if (!workload || typeof workload === 'string') throw new Error(`no workload ${values.workload}`);

const scratch = mkdtempSync(join(SCRATCH, 'stages-'));
try {
  const image = makeImage(workload);
  /** @type {number[][]} */
  const traces = [];
  // The first one fills the page cache, and counts for nothing.
  for (let round = -1; round < samples; round++) {
    const trace = stagesOf(recorded(image, workload.path));
    if (round >= 0) traces.push(trace);
  }
  report(traces);
} finally {
  rmSync(scratch, { recursive: true });
}

/** @param {import('../dist/bench/workload.js').Workload} service */
function makeImage({ path, command, environment, warmRequests }) {
  const image = join(scratch, 'image');
  const warm = ['--warm', `http://127.0.0.1:${PORT}${path}`, '--warm-requests', `${warmRequests}`];
  const make = ['checkpoint', '--images', image, '--when', 'listening', ...warm, '--', ...command];
  const env = { ...process.env, ...environment, PORT };
  execFileSync(launcherPath(), make, { stdio: ['ignore', 'ignore', 'inherit'], env });
  return image;
}

/**
 * @param {string} image
 * @param {string} path of the URL
 */
function recorded(image, path) {
  const data = join(scratch, 'perf.data');
  const names = new Set(STAGES.map(([, , event]) => event));
  const events = [...names].flatMap((event) => [
    '-e',
    event.startsWith('sys_') ? `syscalls:${event}` : `sched:${event}`,
  ]);
  const restore = [launcherPath(), 'restore', image];
  const meter = [meterPath(), '--port', PORT, '--path', path, '--copies', '1', '--own-network'];
  execFileSync('perf', ['record', '-q', '-o', data, ...events, '--', ...meter, '--', ...restore]);
  const fields = ['-F', 'comm,tid,time,event,trace'];
  return execFileSync('perf', ['script', '-i', data, ...fields], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/**
 * When each stage ended, in ms.
 *
 * @param {string} script of perf
 */
function stagesOf(script) {
  const lines = script.split('\n').flatMap((line) => {
    const match = /^\s*(\S.*?)\s+\d+\s+(\d+\.\d+):\s+\w+:(\w+): ?(.*)$/.exec(line);
    return match
      ? [{ task: match[1], ms: Number(match[2]) * 1000, event: match[3], text: ` ${match[4]}` }]
      : [];
  });
  let from = 0;
  return STAGES.map(([name, task, event, says, which]) => {
    const fits = (/** @type {typeof lines[number]} */ line) =>
      line.task === task && line.event === event && says.test(line.text);
    const at = which
      ? lines.findLastIndex(fits)
      : lines.findIndex((line, i) => i >= from && fits(line));
    const found = lines[at];
    if (!found) throw new Error(`the trace has no sign of: ${name}\n${script}`);
    from = at;
    return found.ms;
  });
}

/** @param {readonly number[][]} traces */
function report(traces) {
  const rows = STAGES.slice(1).map(([name], index) => {
    const { median, min } = summarise(
      traces.map((trace) => (trace[index + 1] ?? 0) - (trace[index] ?? 0)),
    );
    return [median.toFixed(1), min.toFixed(1), `${STAGES[index]?.[0]} → ${name}`];
  });
  const all = summarise(traces.map((trace) => (trace.at(-1) ?? 0) - (trace[0] ?? 0)));
  rows.push([all.median.toFixed(1), all.min.toFixed(1), 'all']);
  console.log(markdownTable([['ms', 'min', 'from → to'], ...rows], { align: ['r', 'r', 'l'] }));
}

const { version } = await criu();
console.log(JSON.stringify(machineFacts(version, [process.execPath])));
