import process from 'node:process';
import type { ErrorCode } from '../errors/index.js';
import { readStatistics, type Statistics } from '../images/statistics.js';
import type { NativeSession } from '../native/addon.js';
import { attempt } from './attempt.js';
import { type Request, RequestType, type Response } from './codec.js';
import { Directories } from './directories.js';
import { failure } from './failure.js';
import { FreshFile } from './fresh-file.js';
import type { NotifyControl } from './options/control.js';
import { encodeOptions, inheritedBy } from './options/encode.js';
import type { OptionsOf } from './options/table.js';
import type { Transport } from './transport.js';

/** Options of whatever works on an image. */
type ImageOptions = OptionsOf<'dump'> &
  OptionsOf<'preDump'> &
  OptionsOf<'restore'> &
  NotifyControl & { readonly imagesDir: string };

/** What operations on an image have in common, and where they differ. */
export interface ImageOperation {
  /** "dump of pid 7": the subject of error messages. */
  readonly what: string;
  readonly type: RequestType;
  readonly options: ImageOptions;
  readonly defaultLog: string;
  /** No directory of images. */
  readonly missing: ErrorCode;
  readonly failed: ErrorCode;
  /** File of statistics that CRIU writes into the working directory. */
  readonly statistics?: 'stats-dump' | 'stats-restore';
  readonly session?: NativeSession | undefined;
  /** Hears the pid of the copy, also of one that fails. */
  copy?(pid: number | undefined): void;
}

export interface Performed {
  readonly response: Response;
  readonly statistics: Statistics;
}

/**
 * @throws TubthumpError `failed` when CRIU says no, `missing`, ERR_TUBTHUMP_OPTIONS without a working
 *   directory, and what `attempt` throws
 */
export async function perform(transport: Transport, operation: ImageOperation): Promise<Performed> {
  const { what, options } = operation;
  const { imagesDir, workDir, timeoutMs, graceMs, signal, notify, onNotify } = options;
  // Through swrk the log stays in memory: nothing has to be removed, images may be read-only.
  const logFile = options.logFile ?? (transport.isService ? operation.defaultLog : undefined);
  const directories = new Directories();
  try {
    const images = directories.descriptor(imagesDir, operation.missing);
    const work = workDir ? directories.descriptor(workDir, 'ERR_TUBTHUMP_OPTIONS') : images;
    const inWork = (name: string | undefined) =>
      name === undefined ? undefined : new FreshFile(`/proc/self/fd/${work}/${name}`);
    const [log, statistics] = [inWork(logFile), inWork(operation.statistics)];
    const { response, log: text } = await attempt(transport, {
      what,
      control: {
        ...{ timeoutMs, graceMs, signal, notify },
        onNotify: (notification) => {
          operation.copy?.(notification.pid);
          return onNotify?.(notification);
        },
      },
      inherit: inheritedBy({ ...options }),
      itself: isSelfDump(operation),
      session: operation.session,
      child: options.rstSibling === true,
      restores: operation.type === RequestType.RESTORE && options.tls !== true,
      log: () => log?.read()?.toString() ?? '',
      request: (session) => requestOf(operation, session, directories, logFile),
    });
    operation.copy?.(response.restore?.pid);
    if (!response.success) throw failure(operation.failed, what, response, text);
    return { response, statistics: readStatistics(statistics?.read()) };
  } finally {
    directories.close();
  }
}

function requestOf(
  operation: ImageOperation,
  session: NativeSession,
  directories: Directories,
  logFile: string | undefined,
): Request {
  const { type, options, missing } = operation;
  const inherited = inheritedBy({ ...options });
  const surroundings = {
    directory: (path: string) => directories.descriptor(path, missing),
    inherited: (fd: number) => session.inherited[inherited.indexOf(fd)] ?? fd,
  };
  const itself = isSelfDump(operation);
  const { pid, ...others } = options;
  const opts = {
    // Without a pid CRIU dumps its caller, and knows that nobody can answer it then.
    ...encodeOptions(itself ? others : { pid, ...others }, surroundings),
    // At a lower level CRIU does not say that nobody listens there.
    ...(options.pageServer && options.logLevel === undefined && { logLevel: 3 }),
    ...(logFile === undefined ? { logToStderr: true } : { logFile }),
    // Always, so that an operation whose caller is gone ends at its next notification; but a process
    // that dumps itself is frozen then, and cannot answer.
    ...(!itself && { notifyScripts: true }),
  };
  return { type, opts };
}

function isSelfDump({ type, options }: ImageOperation): boolean {
  return type === RequestType.DUMP && options.pid === process.pid;
}
