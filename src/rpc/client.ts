import process from 'node:process';
import type { Request, RequestName, Response } from './codec.js';
import type { CpuinfoCheckOptions, CpuinfoDumpOptions } from './cpuinfo.js';
import type { DumpOptions, PreDumpOptions } from './dump.js';
import type { IterativeDumpOptions, IterativeDumpResult } from './iterations.js';
import type { Control } from './options/control.js';
import type { PageServerOptions } from './page-server.js';
import type { RequestOptions } from './questions.js';
import type { RestoreOptions } from './restore.js';
import type {
  CriuFeatures,
  CriuVersion,
  DumpResult,
  PageServer,
  PageServerChild,
  PreDumpResult,
  RestoreResult,
} from './results.js';
import { type ClientOptions, Transport } from './transport.js';

// Operations are imported when they are called: their codec takes 20 ms to load, and services import
// this package long before they need it.

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
export class CriuClient implements AsyncDisposable {
  private readonly transport: Transport;

  /** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
  constructor(options: ClientOptions = {}) {
    this.transport = new Transport(options);
  }

  /** Ends the CRIU that `warm` keeps for the next restore; the client goes on to be of use. */
  async close(): Promise<void> {
    await this.transport.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /**
   * Dumps a process tree. A process may dump itself, see `dumpSelf`.
   * @throws TubthumpError ERR_TUBTHUMP_DUMP_FAILED: the tree goes on; ERR_TUBTHUMP_KERNEL
   */
  async dump(options: DumpOptions): Promise<DumpResult> {
    const { dump } = await import('./dump.js');
    return await dump(this.transport, options);
  }

  /**
   * Dumps this process, with its children. It ends there, unless `leaveRunning`; in its copies the
   * same call returns with `restored: true`. Frozen, it gets no notifications.
   * @throws TubthumpError ERR_TUBTHUMP_DUMP_FAILED
   */
  async dumpSelf(options: Omit<DumpOptions, 'pid'>): Promise<DumpResult> {
    return await this.dump({ ...options, pid: process.pid });
  }

  /**
   * Writes the pages of a tree that goes on, so that less is left for the dump, which names this
   * directory as its `parentImg`. Can be repeated, each one on top of the one before.
   * @throws TubthumpError ERR_TUBTHUMP_KERNEL where the kernel does not track pages that are written:
   *   nothing was touched; ERR_TUBTHUMP_DUMP_FAILED
   */
  async preDump(options: PreDumpOptions): Promise<PreDumpResult> {
    const { preDump } = await import('./dump.js');
    return await preDump(this.transport, options);
  }

  /**
   * Pre-dumps a tree that goes on, each time only what was written since, until that is little; then
   * dumps it, with the less to copy while it is frozen. Each has a directory of its own below
   * `imagesDir`; those of a failed attempt stay there.
   * @throws TubthumpError ERR_TUBTHUMP_KERNEL where the kernel does not track pages that are written:
   *   nothing was touched; ERR_TUBTHUMP_DUMP_FAILED: the tree goes on
   */
  async dumpIteratively(options: IterativeDumpOptions): Promise<IterativeDumpResult> {
    const { dumpIteratively } = await import('./iterations.js');
    return await dumpIteratively(this.transport, options);
  }

  /**
   * Restores the tree in `imagesDir`. The copy is nobody's child but init's, unless `rstSibling`.
   * @throws TubthumpError ERR_TUBTHUMP_RESTORE_FAILED, ERR_TUBTHUMP_IMAGE_MISSING
   */
  async restore(options: RestoreOptions): Promise<RestoreResult> {
    const { restore } = await import('./restore.js');
    return await restore(this.transport, options);
  }

  /**
   * Starts a server that writes into `imagesDir` the pages of one dump that has its address as
   * `pageServer`. It is nobody's child and ends with that connection.
   * @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED
   */
  async startPageServer(options: PageServerOptions): Promise<PageServer> {
    const { startPageServer } = await import('./page-server.js');
    return await startPageServer(this.transport, options);
  }

  /**
   * The same, for who wants to know how it ended.
   * @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED
   */
  async startPageServerChild(options: PageServerOptions): Promise<PageServerChild> {
    const { startPageServerChild } = await import('./page-server.js');
    return await startPageServerChild(this.transport, options);
  }

  /**
   * Writes cpuinfo.img, what this processor can do, into `imagesDir`.
   * @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED
   */
  async cpuinfoDump(options: CpuinfoDumpOptions): Promise<void> {
    const { cpuinfoDump } = await import('./cpuinfo.js');
    await cpuinfoDump(this.transport, options);
  }

  /**
   * Holds the cpuinfo.img in `imagesDir` against this processor.
   * @throws TubthumpError ERR_TUBTHUMP_IMAGE_MISMATCH when it lacks something, or there is no such
   *   file; ERR_TUBTHUMP_IMAGE_MISSING
   */
  async cpuinfoCheck(options: CpuinfoCheckOptions): Promise<void> {
    const { cpuinfoCheck } = await import('./cpuinfo.js');
    await cpuinfoCheck(this.transport, options);
  }

  /**
   * What `criu check` tells about kernel and rights. That it passes proves little: see
   * `tubthump doctor`.
   * @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED
   */
  async check(control: Control = {}): Promise<void> {
    const { check } = await import('./questions.js');
    await check(this.transport, control);
  }

  /** @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED */
  async version(control: Control = {}): Promise<CriuVersion> {
    const { version } = await import('./questions.js');
    return await version(this.transport, control);
  }

  /** @throws TubthumpError ERR_TUBTHUMP_RPC_REFUSED */
  async featureCheck(control: Control = {}): Promise<CriuFeatures> {
    const { featureCheck } = await import('./questions.js');
    return await featureCheck(this.transport, control);
  }

  /**
   * Sends any request of proto/rpc.proto as it is, with the type by its name.
   * @returns the final answer, also one with `success: false`
   */
  async request(
    request: Omit<Request, 'type'> & { readonly type: RequestName },
    options: RequestOptions = {},
  ): Promise<Response> {
    const { ask } = await import('./questions.js');
    return await ask(this.transport, request, options);
  }
}
