import { join } from 'node:path';
import { TubthumpError } from '../errors/index.js';
import type { NativeSession } from '../native/addon.js';
import { type Request, RequestType, type Response } from './codec.js';
import { Directories } from './directories.js';
import { failure, reasonOf, withLog } from './failure.js';
import { FreshFile } from './fresh-file.js';
import { DEFAULT_TIMEOUT_MS, Operation } from './operation.js';
import { checkControl, checkOptions } from './options/check.js';
import type { Control } from './options/control.js';
import { encodeOptions } from './options/encode.js';
import type { OptionsOf } from './options/table.js';
import type { PageServer, PageServerChild } from './results.js';
import type { Transport } from './transport.js';

export interface PageServerOptions extends OptionsOf<'pageServer'>, Control {
  readonly imagesDir: string;
}

/** As long as a migration takes. */
const WAIT_MS = 2 ** 31 - 1;

export async function startPageServer(
  transport: Transport,
  options: PageServerOptions,
): Promise<PageServer> {
  const started = await Started.open(transport, options, RequestType.PAGE_SERVER);
  started.close();
  // CRIU 4.2 answers with 0 for the pid of one that it detaches.
  return { port: started.server.port };
}

export async function startPageServerChild(
  transport: Transport,
  options: PageServerOptions,
): Promise<PageServerChild> {
  const started = await Started.open(transport, options, RequestType.PAGE_SERVER_CHLD);
  return {
    ...started.server,
    wait: async (control = {}) => await started.wait(control),
    close: () => started.close(),
  };
}

/** A page server, and the connection through which it was started: only there it can be waited for. */
class Started {
  private constructor(
    private readonly session: NativeSession,
    readonly server: PageServer & { readonly pid: number },
    private readonly log: () => string,
  ) {}

  static async open(
    transport: Transport,
    options: PageServerOptions,
    type: RequestType,
  ): Promise<Started> {
    checkOptions('pageServer', { ...options }, transport.isService);
    const { imagesDir, workDir, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
    const logFile = options.logFile ?? (transport.isService ? 'page-server.log' : undefined);
    const directories = new Directories();
    try {
      const file =
        logFile === undefined ? undefined : new FreshFile(join(workDir ?? imagesDir, logFile));
      const surroundings = {
        directory: (path: string) => directories.descriptor(path, 'ERR_TUBTHUMP_OPTIONS'),
        inherited: (fd: number) => fd,
      };
      const opts = {
        ...encodeOptions({ ...options }, surroundings),
        ...(logFile === undefined ? { logToStderr: true } : { logFile }),
      };
      const session = await transport.open({ inherit: [], detached: true, timeoutMs, signal });
      const log = () => file?.read()?.toString() ?? session.logText();
      const request = { type, opts, keepOpen: type === RequestType.PAGE_SERVER_CHLD };
      const { ps } = await ask(session, request, { graceMs: 0, ...options }, log);
      const server = { port: ps?.port ?? 0, pid: ps?.pid ?? 0 };
      return new Started(session, server, log);
    } finally {
      directories.close();
    }
  }

  async wait(control: Control): Promise<void> {
    checkControl({ ...control });
    const { pid } = this.server;
    const request = { type: RequestType.WAIT_PID, pid };
    const limits = { graceMs: 0, timeoutMs: WAIT_MS, ...control };
    const { status } = await ask(this.session, request, limits, this.log);
    const log = this.log();
    this.session.close();
    if (status === 0) return;
    const { line = `it ended with the wait status ${status}`, remedy: hint } = reasonOf(log);
    throw new TubthumpError('ERR_TUBTHUMP_RPC_REFUSED', `page server failed: ${line}`, {
      log,
      hint,
    });
  }

  close(): void {
    this.session.close();
  }
}

async function ask(
  session: NativeSession,
  request: Request,
  control: Control,
  log: () => string,
): Promise<Response> {
  const what = 'page server';
  try {
    const { timeoutMs, graceMs, signal } = control;
    const response = await new Operation(session, { timeoutMs, graceMs, signal }).run(request);
    if (response.success) return response;
    throw failure('ERR_TUBTHUMP_RPC_REFUSED', what, response, log());
  } catch (error) {
    const text = log();
    session.close();
    const ours = TubthumpError.is(error) && error.code !== 'ERR_TUBTHUMP_RPC_REFUSED';
    throw ours ? withLog(error, what, text) : error;
  }
}
