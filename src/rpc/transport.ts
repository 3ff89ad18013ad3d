import { chosenCriu } from '../criu/chosen.js';
import { unknownOption, wrongOption } from '../errors/wrong-option.js';
import type { NativeSession } from '../native/addon.js';
import { fromNative, loadAddon } from '../native/load.js';
import { unlessAborted } from './aborted.js';
import { type Kind, plain, text } from './options/kinds.js';

/** How a client reaches CRIU: a `criu swrk` of its own for each operation, or a running service. */
export interface ClientOptions {
  /** CRIU binary; default: TUBTHUMP_CRIU, then what `tubthump setup` chose, then PATH. */
  readonly criu?: string | undefined;
  /** Added to the environment of swrk. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Socket of a running `criu service` instead. It has no `inheritFd` and no `rstSibling`. */
  readonly service?: string | undefined;
}

const KINDS: Readonly<Record<keyof ClientOptions, Kind<never>>> = {
  criu: text,
  environment: plain('an object of strings', isEnvironment),
  service: text,
};

export interface OpenOptions {
  /** Descriptors for swrk. */
  readonly inherit: readonly number[];
  /** Not our child, so that it can dump us and nobody has to reap it. */
  readonly detached: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Concurrency: each operation opens a session of its own, so any number may run at once. */
export class Transport {
  private readonly options: ClientOptions;

  /** @throws TubthumpError ERR_TUBTHUMP_OPTIONS */
  constructor(options: ClientOptions) {
    for (const [name, value] of Object.entries(options)) {
      const kind = Object.hasOwn(KINDS, name) ? KINDS[name as keyof ClientOptions] : undefined;
      if (!kind) throw unknownOption(name, Object.keys(KINDS));
      if (value !== undefined && !kind.accepts(value)) {
        throw wrongOption(`\`${name}\``, kind.expectation, value);
      }
    }
    if (options.service !== undefined && (options.criu ?? options.environment) !== undefined) {
      throw wrongOption('`criu` and `environment`', 'absent beside `service`', options.service);
    }
    this.options = { ...options };
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

  private start({ inherit, detached, timeoutMs, signal }: OpenOptions): Promise<NativeSession> {
    const { service, criu, environment = {} } = this.options;
    const addon = loadAddon();
    if (service !== undefined) {
      return unlessAborted(addon.connectService(service, timeoutMs), signal);
    }
    const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return addon.spawnSwrk(chosenCriu(criu), pairs, inherit, -1, detached);
  }
}

function isEnvironment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([name, item]) => typeof item === 'string' && name !== '' && !`${name}${item}`.includes('\0'),
  );
}
