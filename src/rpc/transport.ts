import { chosenCriu, restoreBinary } from '../criu/chosen.js';
import { unknownOption, wrongOption } from '../errors/wrong-option.js';
import type { NativeSession } from '../native/addon.js';
import { fromNative, loadAddon } from '../native/load.js';
import { unlessAborted } from './aborted.js';
import { flag, type Kind, plain, text } from './options/kinds.js';
import { Warm } from './warm.js';

/** How a client reaches CRIU: a `criu swrk` of its own for each operation, or a running service. */
export interface ClientOptions {
  /** CRIU binary; default: TUBTHUMP_CRIU, then what `tubthump setup` chose, then PATH. */
  readonly criu?: string | undefined;
  /** Added to the environment of swrk. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * After each restore CRIU is started for the next one, which takes 1 to 3 ms less: for processes that
   * restore often. Restores that give it descriptors start their own. `close()` ends what waits.
   */
  readonly warm?: boolean | undefined;
  /** Socket of a running `criu service` instead. It has no `inheritFd` and no `rstSibling`. */
  readonly service?: string | undefined;
}

const KINDS: Readonly<Record<keyof ClientOptions, Kind<never>>> = {
  criu: text,
  environment: plain('an object of strings', isEnvironment),
  warm: flag,
  service: text,
};

export interface OpenOptions {
  /** Descriptors for swrk. */
  readonly inherit: readonly number[];
  /** Not our child, so that it can dump us and nobody has to reap it. */
  readonly detached: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** For a restore, of which nothing travels over TLS. */
  readonly restores?: boolean;
}

/** Concurrency: each operation opens a session of its own, so any number may run at once. */
export class Transport {
  private readonly options: ClientOptions;
  private readonly warm: Warm | undefined;

  /** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
  constructor(options: ClientOptions) {
    for (const [name, value] of Object.entries(options)) {
      const kind = Object.hasOwn(KINDS, name) ? KINDS[name as keyof ClientOptions] : undefined;
      if (!kind) throw unknownOption(name, Object.keys(KINDS));
      if (value !== undefined && !kind.accepts(value)) {
        throw wrongOption(`\`${name}\``, kind.expectation, value);
      }
    }
    const { service, criu, environment, warm } = options;
    if (service !== undefined && (criu ?? environment ?? warm) !== undefined) {
      const what = '`criu`, `environment` and `warm`';
      throw wrongOption(what, 'absent beside `service`', service);
    }
    this.options = { ...options };
    if (warm) this.warm = new Warm((detached) => this.spawn([], detached, true));
  }

  get isService(): boolean {
    return this.options.service !== undefined;
  }

  /** @throws TubthumpError ERR_TUBTHUMP_CRIU_NOT_FOUND, _CRIU_SPAWN, _RPC_CONNECT, _RPC_TIMEOUT, _RPC_ABORTED, _SYSTEM */
  async open(options: OpenOptions): Promise<NativeSession> {
    try {
      return await this.start(options);
    } catch (error) {
      throw fromNative(error);
    }
  }

  /** A restore has ended: another may follow. */
  prepare(detached: boolean): void {
    this.warm?.prepare(detached);
  }

  /** Ends what waits. */
  async close(): Promise<void> {
    await this.warm?.close();
  }

  private async start(options: OpenOptions): Promise<NativeSession> {
    const { inherit, detached, timeoutMs, signal, restores = false } = options;
    const { service } = this.options;
    if (service !== undefined) {
      return await unlessAborted(loadAddon().connectService(service, timeoutMs), signal);
    }
    const waiting = restores && inherit.length === 0 ? await this.warm?.take(detached) : undefined;
    return waiting ?? (await this.spawn(inherit, detached, restores));
  }

  private async spawn(inherit: readonly number[], detached: boolean, restores: boolean) {
    const { criu, environment = {} } = this.options;
    const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const chosen = chosenCriu(criu);
    const program = restores ? restoreBinary(chosen) : chosen;
    return await loadAddon().spawnSwrk(program, pairs, inherit, -1, detached);
  }
}

function isEnvironment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([name, item]) => typeof item === 'string' && name !== '' && !`${name}${item}`.includes('\0'),
  );
}
