import type { Request, RequestName, Response } from './codec.js';
import type { DumpOptions, RestoreOptions } from './image.js';
import type { Control } from './options/control.js';
import type { RequestOptions } from './questions.js';
import type { CriuFeatures, CriuVersion, DumpResult, RestoreResult } from './results.js';
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
    const { dump } = await import('./image.js');
    return await dump(this.transport, options);
  }

  /**
   * Restores the tree in `imagesDir`. The copy is nobody's child but init's, unless `rstSibling`.
   * @throws TubthumpError ERR_TUBTHUMP_RESTORE_FAILED, ERR_TUBTHUMP_IMAGE_MISSING
   */
  async restore(options: RestoreOptions): Promise<RestoreResult> {
    const { restore } = await import('./image.js');
    return await restore(this.transport, options);
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
