import { CheckpointError, RestoreError, TubthumpError } from '../errors/index.js';
import { callHook, type HookName, isCancelled } from './hook.js';
import type {
  CheckpointInfo,
  RegisterOptions,
  Registration,
  Resource,
  RestoreInfo,
} from './resource.js';

export interface ContextOptions {
  /** For messages and diagnostics. */
  readonly name?: string;
  /**
   * What happens to a resource that is registered while a checkpoint runs: `wait` (default) leaves
   * it out of this one, `notify` calls it after the others.
   */
  readonly late?: 'wait' | 'notify';
}

interface Entry {
  readonly name: string;
  readonly priority: number;
  readonly resource: () => Resource | undefined;
}

/** A resource as one checkpoint sees it: held strongly until its afterRestore was called. */
export interface Member {
  readonly name: string;
  readonly priority: number;
  readonly resource: Resource;
}

/**
 * A set of resources that are notified together, and itself a resource: contexts nest.
 * Subclasses say in which order. References are strong unless a registration says `weak`.
 */
export abstract class Context implements Resource {
  readonly name: string;
  readonly #late: 'wait' | 'notify';
  readonly #entries = new Set<Entry>();
  #notified: Member[][] | null = null;

  constructor({ name, late = 'wait' }: ContextOptions = {}) {
    this.name = name ?? this.constructor.name;
    this.#late = late;
  }

  /** Members in the order of beforeCheckpoint, in groups; those of a group are called together. */
  protected abstract arrange(members: readonly Member[]): Member[][];

  register(resource: Resource, options: RegisterOptions = {}): Registration {
    checkResource(resource);
    const name = options.name ?? nameOf(resource);
    const entry = { name, priority: options.priority ?? 0, resource: reference(resource, options) };
    this.#entries.add(entry);
    const unregister = () => void this.#entries.delete(entry);
    return { name, unregister, [Symbol.dispose]: unregister };
  }

  /** @throws CheckpointError with all that its members threw; every member was notified. */
  async beforeCheckpoint(_parent: Context | null, info: CheckpointInfo): Promise<void> {
    const seen = new Set<Entry>();
    this.#notified = [];
    const errors: unknown[] = [];
    do {
      for (const group of this.arrange(this.#membersBeyond(seen))) {
        if (isCancelled(info)) break;
        this.#notified.push(group);
        errors.push(...(await this.#notify('beforeCheckpoint', group, info)));
      }
    } while (this.#late === 'notify' && !isCancelled(info) && this.#hasBeyond(seen));
    if (errors.length > 0) throw new CheckpointError(errors);
  }

  /** @throws RestoreError with all that its members threw; every member was notified. */
  async afterRestore(_parent: Context | null, info: RestoreInfo): Promise<void> {
    const groups = this.#notified ?? [];
    this.#notified = null;
    const errors: unknown[] = [];
    for (const group of groups.reverse()) {
      errors.push(...(await this.#notify('afterRestore', group.reverse(), info)));
    }
    if (errors.length > 0) throw new RestoreError(errors);
  }

  /** Names of all resources, those of nested contexts too, as `outer/inner`. */
  names(): string[] {
    return this.#membersBeyond(new Set()).flatMap(({ name, resource }) =>
      resource instanceof Context ? resource.names().map((inner) => `${name}/${inner}`) : [name],
    );
  }

  #hasBeyond(seen: Set<Entry>): boolean {
    return [...this.#entries].some((entry) => !seen.has(entry));
  }

  #membersBeyond(seen: Set<Entry>): Member[] {
    const members: Member[] = [];
    for (const entry of this.#entries) {
      if (seen.has(entry)) continue;
      seen.add(entry);
      const resource = entry.resource();
      if (resource) members.push({ name: entry.name, priority: entry.priority, resource });
      else this.#entries.delete(entry);
    }
    return members;
  }

  async #notify(hook: HookName, group: readonly Member[], info: CheckpointInfo | RestoreInfo) {
    const calls = group.map(({ name, resource }) => callHook(hook, name, resource, this, info));
    const results = await Promise.allSettled(calls);
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  }
}

function reference(resource: Resource, { weak = false }: RegisterOptions) {
  if (!weak) return () => resource;
  const held = new WeakRef(resource);
  return () => held.deref();
}

function checkResource(resource: unknown): asserts resource is Resource {
  if (typeof resource === 'object' && resource !== null) return;
  throw new TubthumpError(
    'ERR_TUBTHUMP_OPTIONS',
    `Expected a resource to be an object with beforeCheckpoint or afterRestore, got ${String(resource)} (${typeof resource})`,
  );
}

function nameOf(resource: Resource): string {
  if (resource instanceof Context) return resource.name;
  const name = resource.constructor?.name;
  return name && name !== 'Object' ? name : 'resource';
}
