import { CheckpointError, RestoreError, TubthumpError } from '../errors/index.js';
import { type Entry, type Member, makeEntry, membersOf } from './entry.js';
import { callHook } from './hook.js';
import type { CheckpointInfo, RestoreInfo } from './info.js';
import { CONTEXT, isContext } from './kind.js';
import type { RegisterOptions, Registration, Resource } from './resource.js';
import { type HookName, isCancelled, isOver } from './rules.js';

export type { Member } from './entry.js';

export interface ContextOptions {
  /** For messages and diagnostics. */
  readonly name?: string;
  /**
   * What happens to a resource that is registered while a checkpoint runs: `wait` (default) leaves
   * it out of this one, `notify` calls it after the others.
   */
  readonly late?: 'wait' | 'notify';
}

/**
 * A set of resources that are notified together, and itself a resource: contexts nest.
 * Subclasses say in which order. References are strong unless a registration says `weak`.
 */
export abstract class Context implements Resource {
  readonly name: string;
  /** @internal The context that this one is registered in. */
  parent: Context | null = null;
  readonly #late: 'wait' | 'notify';
  readonly #entries = new Set<Entry>();
  /** Who takes part in the checkpoint that is under way; null outside of one. */
  #enlisted: Map<Entry, Member> | null = null;
  #notified: Member[][] = [];

  constructor({ name, late = 'wait' }: ContextOptions = {}) {
    this.name = name ?? this.constructor.name;
    this.#late = late;
  }

  /** Members in the order of beforeCheckpoint, in groups; those of a group are called together. */
  protected abstract arrange(members: readonly Member[]): Member[][];

  /**
   * Each registration stands for itself: a resource that is registered twice is notified twice.
   * A context can be in one other context only.
   * @throws TubthumpError ERR_TUBTHUMP_OPTIONS
   */
  register(resource: Resource, options: RegisterOptions = {}): Registration {
    const entry = makeEntry(resource, options);
    if (isContext(resource)) adopt(resource, this);
    this.#entries.add(entry);
    const unregister = () => {
      if (!this.#entries.delete(entry)) return;
      const gone = entry.resource();
      if (gone && isContext(gone)) gone.parent = null;
    };
    return { name: entry.name, unregister, [Symbol.dispose]: unregister };
  }

  /** @throws CheckpointError with all that its members threw; every member was notified. */
  async beforeCheckpoint(parent: Context | null, info: CheckpointInfo): Promise<void> {
    const enlisted = parent === null ? this.enlist() : (this.#enlisted ?? this.enlist());
    const errors: unknown[] = [];
    this.#notified = [];
    // Who is called when time is over fails for that, so no round after it is needed.
    for (let round = enlisted, over = false; round.size > 0 && !over; round = this.#latecomers()) {
      over = isOver(info);
      for (const group of this.arrange([...round.values()])) {
        if (isCancelled(info)) break;
        this.#notified.push(group);
        errors.push(...(await this.#notify('beforeCheckpoint', group, info)));
      }
    }
    if (errors.length > 0) throw new CheckpointError(errors);
  }

  /** @throws RestoreError with all that its members threw; every member was notified. */
  async afterRestore(_parent: Context | null, info: RestoreInfo): Promise<void> {
    const errors: unknown[] = [];
    for (const group of [...this.#notified].reverse()) {
      errors.push(...(await this.#notify('afterRestore', [...group].reverse(), info)));
    }
    this.dismiss();
    if (errors.length > 0) throw new RestoreError(errors);
  }

  /** Names of all resources, those of nested contexts too, as `outer/inner`. */
  names(): string[] {
    return [...membersOf(this.#entries).values()].flatMap(({ name, resource }) =>
      isContext(resource) ? resource.names().map((inner) => `${name}/${inner}`) : [name],
    );
  }

  /** @internal Takes the list of members for one checkpoint, and those of nested contexts. */
  enlist(): Map<Entry, Member> {
    this.#enlisted = membersOf(this.#entries);
    for (const { resource } of this.#enlisted.values()) if (isContext(resource)) resource.enlist();
    return this.#enlisted;
  }

  /** @internal The checkpoint is over, here and in nested contexts. */
  dismiss(): void {
    for (const { resource } of this.#enlisted?.values() ?? [])
      if (isContext(resource)) resource.dismiss();
    this.#enlisted = null;
    this.#notified = [];
  }

  #latecomers(): Map<Entry, Member> {
    if (this.#late === 'wait') return new Map();
    const late = membersOf(this.#entries, new Set(this.#enlisted?.keys()));
    for (const [entry, member] of late) this.#enlisted?.set(entry, member);
    return late;
  }

  async #notify(hook: HookName, group: readonly Member[], info: CheckpointInfo | RestoreInfo) {
    const calls = group.map(({ name, resource }) => callHook(hook, name, resource, this, info));
    const results = await Promise.allSettled(calls);
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  }
}

Object.defineProperty(Context.prototype, CONTEXT, { value: true });

/** One parent each and no circles, so that a checkpoint comes by every context once. */
function adopt(child: Context, parent: Context): void {
  const fault = (what: string) =>
    new TubthumpError('ERR_TUBTHUMP_OPTIONS', `The context \`${child.name}\` ${what}`);
  if (child.parent) throw fault(`is registered in \`${child.parent.name}\` already`);
  for (let outer: Context | null = parent; outer; outer = outer.parent) {
    if (outer === child) throw fault('cannot be registered in itself');
  }
  child.parent = parent;
}
