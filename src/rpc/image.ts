import process from 'node:process';
import type { ErrorCode } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';
import { attempt } from './attempt.js';
import { type Request, RequestType, type Response } from './codec.js';
import { Directories } from './directories.js';
import { HalfRestored } from './half-restored.js';
import { failure, LogFile } from './log.js';
import { checkOptions, encodeOptions } from './options/check.js';
import type { NotifyControl } from './options/control.js';
import type { OptionsOf } from './options/table.js';
import { type DumpResult, type RestoreResult, restoreResult } from './results.js';
import type { Transport } from './transport.js';

export interface DumpOptions extends OptionsOf<'dump'>, NotifyControl {
  readonly imagesDir: string;
  readonly pid: number;
}

export interface RestoreOptions extends OptionsOf<'restore'>, NotifyControl {
  readonly imagesDir: string;
}

/** What dump and restore have in common, and where they differ. */
interface ImageOperation {
  readonly what: string;
  readonly type: RequestType;
  readonly options: OptionsOf<'dump'> & OptionsOf<'restore'> & RestoreOptions;
  readonly defaultLog: string;
  /** No directory of images. */
  readonly missing: ErrorCode;
  readonly failed: ErrorCode;
  /** Hears the pid of the copy, also of one that fails. */
  copy?(pid: number | undefined): void;
}

export async function dump(transport: Transport, options: DumpOptions): Promise<DumpResult> {
  checkOptions('dump', { ...options }, transport.isService);
  const response = await perform(transport, {
    what: `dump of pid ${options.pid}`,
    type: RequestType.DUMP,
    options,
    defaultLog: 'dump.log',
    missing: 'ERR_TUBTHUMP_OPTIONS',
    failed: 'ERR_TUBTHUMP_DUMP_FAILED',
  });
  return { restored: response.dump?.restored ?? false };
}

export async function restore(
  transport: Transport,
  options: RestoreOptions,
): Promise<RestoreResult> {
  checkOptions('restore', { ...options }, transport.isService);
  const half = options.rstSibling ? new HalfRestored() : undefined;
  const operation = {
    what: `restore of ${options.imagesDir}`,
    type: RequestType.RESTORE,
    options,
    defaultLog: 'restore.log',
    missing: 'ERR_TUBTHUMP_IMAGE_MISSING',
    failed: 'ERR_TUBTHUMP_RESTORE_FAILED',
    copy: (pid) => half?.known(pid),
  } as const satisfies ImageOperation;
  try {
    const response = await perform(transport, operation);
    return restoreResult(response.restore?.pid ?? 0, options.rstSibling === true);
  } catch (error) {
    await half?.end();
    throw error;
  }
}

async function perform(transport: Transport, operation: ImageOperation): Promise<Response> {
  const { what, options } = operation;
  const { imagesDir, workDir, inheritFd = [], timeoutMs, graceMs, signal, onNotify } = options;
  // Through swrk the log stays in memory: nothing has to be removed, images may be read-only.
  const logFile = options.logFile ?? (transport.isService ? operation.defaultLog : undefined);
  const directories = new Directories();
  try {
    const images = directories.descriptor(imagesDir, operation.missing);
    const work = workDir ? directories.descriptor(workDir, 'ERR_TUBTHUMP_OPTIONS') : images;
    const log = logFile ? new LogFile(`/proc/self/fd/${work}/${logFile}`) : undefined;
    const { response, log: text } = await attempt(transport, {
      what,
      control: {
        ...{ timeoutMs, graceMs, signal },
        onNotify: (notification) => {
          operation.copy?.(notification.pid);
          return onNotify?.(notification);
        },
      },
      inherit: inheritFd.map(({ fd }) => fd),
      child: options.rstSibling === true,
      log: () => log?.text() ?? '',
      request: (session) => requestOf(operation, session, directories, logFile),
    });
    operation.copy?.(response.restore?.pid);
    if (!response.success) throw failure(operation.failed, what, response, text);
    return response;
  } finally {
    directories.close();
  }
}

function requestOf(
  { type, options, missing }: ImageOperation,
  session: NativeSession,
  directories: Directories,
  logFile: string | undefined,
): Request {
  const { inheritFd = [] } = options;
  const surroundings = {
    directory: (path: string) => directories.descriptor(path, missing),
    inherited: (fd: number) => session.inherited[inheritFd.findIndex((it) => it.fd === fd)] ?? fd,
  };
  const opts = {
    ...encodeOptions({ ...options }, surroundings),
    ...(logFile === undefined ? { logToStderr: true } : { logFile }),
    // Always, so that an operation whose caller is gone ends at its next notification; but a process
    // that dumps itself is frozen then, and cannot answer.
    ...(options.pid !== process.pid && { notifyScripts: true }),
  };
  return { type, opts };
}
