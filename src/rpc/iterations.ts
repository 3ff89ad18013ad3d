import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { TubthumpError } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';
import { RequestType } from './codec.js';
import type { DumpOptions } from './dump.js';
import { DEFAULT_TIMEOUT_MS } from './operation.js';
import { checkControl, checkOptions, optionsOf } from './options/check.js';
import { integer, plain } from './options/kinds.js';
import type { PageServerAddress } from './options/parts.js';
import { type ImageOperation, type Performed, perform } from './perform.js';
import type { DumpResult, PreDumpResult } from './results.js';
import { needTracking } from './tracking.js';
import type { Transport } from './transport.js';

/** One pre-dump, or the dump at the end. */
export interface Iteration {
  /** `1`, `2` …: its directory below `imagesDir`. */
  readonly name: string;
  /** The one before, relative to its own directory; a page server needs it, too. */
  readonly parentImg?: string;
}

export interface IterativeDumpOptions
  extends Omit<DumpOptions, 'parentImg' | 'trackMem' | 'pageServer' | 'workDir'> {
  /** Directory in which those of the iterations appear. */
  readonly imagesDir: string;
  /** Most pre-dumps (default 8). */
  readonly maxIterations?: number | undefined;
  /** A pre-dump that writes fewer pages is the last one (default 64). */
  readonly enoughPages?: number | undefined;
  /** Where the pages of an iteration go: a page server takes one, so there is one for each. */
  readonly pageServer?: ((iteration: Iteration) => PageServer | Promise<PageServer>) | undefined;
}

type PageServer = Omit<PageServerAddress, 'fd'>;

export interface IterativeDumpResult extends DumpResult {
  /** Of the complete image, which needs those of the iterations beside it. */
  readonly imagesDir: string;
  readonly preDumps: readonly PreDumpResult[];
}

const MAX_ITERATIONS = 8;
const ENOUGH_PAGES = 64;
/** When so many more are written than the time before, the tree is faster than its pages. */
const GROWTH = 32;

const OWN = {
  maxIterations: integer(1),
  enoughPages: integer(0),
  pageServer: plain<never>('a function', (value) => typeof value === 'function'),
};

export async function dumpIteratively(
  transport: Transport,
  options: IterativeDumpOptions,
): Promise<IterativeDumpResult> {
  const { maxIterations, enoughPages, pageServer, ...dump } = options;
  checkControl({ maxIterations, enoughPages, pageServer }, OWN);
  for (const ours of ['parentImg', 'trackMem', 'workDir']) {
    if (Object.hasOwn(dump, ours)) throw wrong(`\`${ours}\` is set for each iteration`);
  }
  checkOptions('dump', { ...dump }, transport.isService);
  if (dump.pid === process.pid) throw wrong('A process that dumps itself cannot be pre-dumped');
  await needTracking(transport, 'an iterative dump', dump);
  const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = dump;
  const session = await transport.open({ inherit: [], detached: true, timeoutMs, signal });
  try {
    return await new Iterations(transport, session, options).run();
  } finally {
    session.close();
  }
}

/** PRE_DUMP, PRE_DUMP, …, DUMP: one connection, in which CRIU knows the processes again. */
class Iterations {
  private done = 0;

  constructor(
    private readonly transport: Transport,
    private readonly session: NativeSession,
    private readonly options: IterativeDumpOptions,
  ) {}

  async run(): Promise<IterativeDumpResult> {
    const { maxIterations = MAX_ITERATIONS, enoughPages = ENOUGH_PAGES } = this.options;
    const preDumps: PreDumpResult[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; preDumps.length < maxIterations; ) {
      const { statistics } = await this.next('preDump');
      preDumps.push(statistics.dump ? { statistics: statistics.dump } : {});
      const written = statistics.dump?.pagesWritten ?? before;
      if (written < enoughPages || written - before >= GROWTH) break;
      before = written;
    }
    const { response, statistics } = await this.next('dump');
    return {
      imagesDir: join(this.options.imagesDir, String(this.done)),
      preDumps,
      restored: response.dump?.restored ?? false,
      ...(statistics.dump && { statistics: statistics.dump }),
    };
  }

  private async next(kind: 'preDump' | 'dump'): Promise<Performed> {
    const { maxIterations: _, enoughPages: __, pageServer, ...dump } = this.options;
    const before = this.done++;
    const iteration = {
      name: String(this.done),
      ...(before > 0 && { parentImg: `../${before}` }),
    };
    const imagesDir = makeDirectory(dump.imagesDir, iteration.name);
    const options = {
      ...(kind === 'dump' ? dump : optionsOf('preDump', dump)),
      ...{ pid: dump.pid, imagesDir, parentImg: iteration.parentImg, trackMem: true },
      ...(pageServer && { pageServer: await pageServer(iteration) }),
    };
    checkOptions(kind, options, this.transport.isService);
    if ((options.pageServer as PageServerAddress | undefined)?.fd !== undefined) {
      throw wrong('`pageServer` has to return an address: CRIU is there already');
    }
    const operation: ImageOperation = {
      what: `${kind === 'dump' ? 'dump' : `pre-dump ${iteration.name}`} of pid ${dump.pid}`,
      type: kind === 'dump' ? RequestType.DUMP : RequestType.PRE_DUMP,
      options,
      defaultLog: `${kind === 'dump' ? 'dump' : 'pre-dump'}.log`,
      statistics: 'stats-dump',
      missing: 'ERR_TUBTHUMP_OPTIONS',
      failed: 'ERR_TUBTHUMP_DUMP_FAILED',
      session: this.session,
    };
    return await perform(this.transport, operation);
  }
}

function makeDirectory(parent: string, name: string): string {
  const directory = join(parent, name);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (cause) {
    throw new TubthumpError(
      'ERR_TUBTHUMP_OPTIONS',
      `cannot make the directory ${directory}: ${(cause as Error).message}`,
      { cause },
    );
  }
  return directory;
}

function wrong(message: string): TubthumpError {
  return new TubthumpError('ERR_TUBTHUMP_OPTIONS', message);
}
