import process from 'node:process';
import { type Attempt, attempt } from './attempt.js';
import { type Request, RequestType, type Response } from './codec.js';
import { Directories } from './directories.js';
import { failure, LogFile } from './log.js';
import { checkControl, checkOptions, encodeOptions } from './options/check.js';
import type { Control, NotifyControl } from './options/control.js';
import type { InheritFd } from './options/kinds.js';
import { plain } from './options/kinds.js';
import type { Operation, OptionsOf } from './options/table.js';
import {
  type CriuFeatures,
  type CriuVersion,
  type DumpResult,
  featuresOf,
  type RestoreResult,
  restoreResult,
  versionOf,
} from './results.js';
import { type ClientOptions, Transport } from './transport.js';

export interface DumpOptions extends OptionsOf<'dump'>, NotifyControl {
  readonly imagesDir: string;
  readonly pid: number;
}

export interface RestoreOptions extends OptionsOf<'restore'>, NotifyControl {
  readonly imagesDir: string;
}

export interface RequestOptions extends NotifyControl {
  /** Descriptors that swrk gets as 4, 5, … in its own table. */
  readonly inherit?: readonly number[] | undefined;
}

/**
 * CRIU over its RPC protocol, through a `criu swrk` of our own (default) or a running service.
 *
 *     const criu = new CriuClient();
 *     await criu.dump({ pid, imagesDir: '/var/images/1', leaveRunning: true });
 *
 * Options are checked before anything is touched. Every operation has a connection of its own; any
 * number may run at once. The JS thread is never blocked. All methods reject with a TubthumpError:
 * ERR_TUBTHUMP_OPTIONS, _CRIU_NOT_FOUND, _CRIU_SPAWN, _RPC_… and what they name themselves.
 */
export class CriuClient {
  private readonly transport: Transport;

  /** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
  constructor(options: ClientOptions = {}) {
    this.transport = new Transport(options);
  }

  /**
   * Dumps a process tree. A process may dump itself; in its copies the same call then returns with
   * `restored: true`.
   * @throws TubthumpError ERR_TUBTHUMP_DUMP_FAILED: the tree goes on
   */
  async dump(options: DumpOptions): Promise<DumpResult> {
    checkOptions('dump', { ...options }, this.transport.isService);
    const response = await this.image('dump', options, `dump of pid ${options.pid}`);
    return { restored: response.dump?.restored ?? false };
  }

  /**
   * Restores the tree in `imagesDir`. The copy is nobody's child but init's, unless `rstSibling`.
   * @throws TubthumpError ERR_TUBTHUMP_RESTORE_FAILED, ERR_TUBTHUMP_IMAGE_MISSING
   */
  async restore(options: RestoreOptions): Promise<RestoreResult> {
    checkOptions('restore', { ...options }, this.transport.isService);
    const response = await this.image('restore', options, `restore of ${options.imagesDir}`);
    return restoreResult(response.restore?.pid ?? 0, options.rstSibling === true);
  }

  /**
   * What `criu check` tells about kernel and rights. That it passes proves little: see `tubthump doctor`.
   * @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED
   */
  async check(control: Control = {}): Promise<void> {
    await this.ask('check', { type: RequestType.CHECK }, control);
  }

  /** @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED */
  async version(control: Control = {}): Promise<CriuVersion> {
    return versionOf(await this.ask('version', { type: RequestType.VERSION }, control));
  }

  /** @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED */
  async featureCheck(control: Control = {}): Promise<CriuFeatures> {
    const features = { memTrack: true, lazyPages: true, pidfdStore: true };
    const request = { type: RequestType.FEATURE_CHECK, features };
    return featuresOf(await this.ask('feature check', request, control));
  }

  /**
   * Sends any request of proto/rpc.proto as it is.
   * @returns the final answer, also one with `success: false`
   */
  async request(request: Request, options: RequestOptions = {}): Promise<Response> {
    const isList = (value: unknown) => Array.isArray(value) && value.every(Number.isInteger);
    const onNotify = plain<never>('a function', (value) => typeof value === 'function');
    checkControl({ ...options }, { inherit: plain('an array of descriptors', isList), onNotify });
    const { inherit = [], ...control } = options;
    const what = `request ${RequestType[request.type]}`;
    const plan = { what, control, inherit, request: () => request };
    return (await attempt(this.transport, plan)).response;
  }

  private async ask(what: string, request: Request, control: Control): Promise<Response> {
    checkControl({ ...control });
    const plan = { what, control: { graceMs: 0, ...control }, request: () => request };
    const { response, log } = await attempt(this.transport, plan);
    if (!response.success) throw failure('ERR_TUBTHUMP_RPC_REFUSED', what, response, log);
    return response;
  }

  private async image(
    operation: Operation,
    options: DumpOptions | RestoreOptions,
    what: string,
  ): Promise<Response> {
    const directories = new Directories();
    try {
      const plan = this.plan(operation, options, what, directories);
      const { response, log } = await attempt(this.transport, plan);
      if (response.success) return response;
      const code =
        operation === 'dump' ? 'ERR_TUBTHUMP_DUMP_FAILED' : 'ERR_TUBTHUMP_RESTORE_FAILED';
      throw failure(code, what, response, log);
    } finally {
      directories.close();
    }
  }

  private plan(
    operation: Operation,
    options: DumpOptions | RestoreOptions,
    what: string,
    directories: Directories,
  ): Attempt {
    const { imagesDir, workDir = imagesDir, timeoutMs, graceMs, signal, onNotify } = options;
    const inheritFd: readonly InheritFd[] =
      ('inheritFd' in options ? options.inheritFd : undefined) ?? [];
    const missing = operation === 'dump' ? 'ERR_TUBTHUMP_OPTIONS' : 'ERR_TUBTHUMP_IMAGE_MISSING';
    directories.descriptor(imagesDir, missing);
    const work = directories.descriptor(workDir, 'ERR_TUBTHUMP_OPTIONS');
    // Through swrk the log stays in memory: nothing has to be removed, and images may be read-only.
    const logFile = options.logFile ?? (this.transport.isService ? `${operation}.log` : undefined);
    const log = logFile === undefined ? undefined : new LogFile(`/proc/self/fd/${work}/${logFile}`);
    const self = 'pid' in options && options.pid === process.pid;
    return {
      what,
      control: { timeoutMs, graceMs, signal, onNotify },
      inherit: inheritFd.map(({ fd }) => fd),
      child: 'rstSibling' in options && options.rstSibling === true,
      ...(log && { log: () => log.text() }),
      request: (session) => ({
        type: operation === 'dump' ? RequestType.DUMP : RequestType.RESTORE,
        opts: {
          ...encodeOptions(
            { ...options },
            {
              directory: (path) => directories.descriptor(path, missing),
              inherited: (fd) => session.inherited[inheritFd.findIndex((x) => x.fd === fd)] ?? fd,
            },
          ),
          ...(logFile === undefined ? { logToStderr: true } : { logFile }),
          // Always, so that an operation whose caller is gone ends at its next notification.
          ...(!self && { notifyScripts: true }),
        },
      }),
    };
  }
}
