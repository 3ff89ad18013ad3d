import { ChildProcess, type StdioOptions } from 'node:child_process';
import process from 'node:process';
import { captureOrigin, type Origin } from './origin.js';
import { WeakList } from './weak-list.js';
import { wrap } from './wrap.js';

/** What spawn, exec, execFile and fork all come down to: the argument of ChildProcess#spawn. */
export interface SpawnRecord {
  readonly file: string;
  /** With argv[0]. */
  readonly args?: readonly string[];
  readonly envPairs?: readonly string[];
  readonly cwd?: string;
  readonly stdio?: StdioOptions;
  /** Whether its environment was that of this process. */
  readonly inheritsEnvironment: boolean;
  readonly [option: string]: unknown;
}

const children = new WeakList<ChildProcess>();
const records = new WeakMap<ChildProcess, { record: SpawnRecord; origin: Origin }>();

/** Remembers who starts child processes, and how. */
export function watchChildren(): void {
  wrap(
    ChildProcess.prototype,
    'spawn',
    (spawn) =>
      function wrapped(this: ChildProcess, record: SpawnRecord) {
        records.set(this, { record: copyOf(record), origin: captureOrigin(wrapped) });
        children.add(this);
        return Reflect.apply(spawn, this, [record]);
      },
  );
}

/** Node's object of the running child `pid`. */
export function childProcess(pid: number): ChildProcess | undefined {
  return children
    .alive()
    .find((child) => child.pid === pid && child.exitCode === null && child.signalCode === null);
}

export function originOfChild(pid: number): Origin | undefined {
  const child = childProcess(pid);
  return child && records.get(child)?.origin;
}

export function spawnRecord(child: ChildProcess): SpawnRecord | undefined {
  return records.get(child)?.record;
}

/** Node adds to what it is given. */
function copyOf(record: SpawnRecord): SpawnRecord {
  const envPairs = [...(record.envPairs ?? [])];
  const own = Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
  const inheritsEnvironment =
    own.length === envPairs.length && own.every((pair) => envPairs.includes(pair));
  return { ...record, envPairs, inheritsEnvironment };
}
