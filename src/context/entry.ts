import { TubthumpError } from '../errors/index.js';
import { suggest } from '../errors/suggest.js';
import { isContext } from './kind.js';
import type { RegisterOptions, Resource } from './resource.js';

/** What a registration leaves in its context. */
export interface Entry {
  readonly name: string;
  readonly priority: number;
  /** undefined when it was held weakly and is gone. */
  readonly resource: () => Resource | undefined;
}

/** A resource as one checkpoint sees it: held strongly until its afterRestore was called. */
export interface Member {
  readonly name: string;
  readonly priority: number;
  readonly resource: Resource;
}

const OPTIONS = ['name', 'weak', 'priority'];

/** @throws TubthumpError ERR_TUBTHUMP_OPTIONS for what is no resource, or an option that is none */
export function makeEntry(resource: Resource, options: RegisterOptions): Entry {
  checkResource(resource);
  checkOptions(options);
  const { name = nameOf(resource), priority = 0, weak = false } = options;
  return { name, priority, resource: weak ? weakly(resource) : strongly(resource) };
}

/** What is registered now; entries whose resource is gone are removed on the way. */
export function membersOf(entries: Set<Entry>, except?: ReadonlySet<Entry>): Map<Entry, Member> {
  const members = new Map<Entry, Member>();
  for (const entry of entries) {
    if (except?.has(entry)) continue;
    const resource = entry.resource();
    if (resource) members.set(entry, { name: entry.name, priority: entry.priority, resource });
    else entries.delete(entry);
  }
  return members;
}

// Two functions: closures of one function share what any of them refers to.
function strongly(resource: Resource) {
  return () => resource;
}

function weakly(resource: Resource) {
  const held = new WeakRef(resource);
  return () => held.deref();
}

function checkResource(resource: unknown): asserts resource is Resource {
  if (typeof resource !== 'object' || resource === null) {
    throw wrong('a resource to be an object with beforeCheckpoint or afterRestore', resource);
  }
  for (const hook of ['beforeCheckpoint', 'afterRestore'] as const) {
    const value = (resource as Resource)[hook] as unknown;
    if (value === undefined || typeof value === 'function') continue;
    throw wrong(`\`${hook}\` of a resource to be a function`, value);
  }
}

function checkOptions(options: object): void {
  for (const name of Object.keys(options)) {
    if (OPTIONS.includes(name)) continue;
    const near = suggest(name, OPTIONS);
    const question = near ? `; did you mean \`${near}\`?` : '';
    throw new TubthumpError(
      'ERR_TUBTHUMP_OPTIONS',
      `Unknown option of register \`${name}\`${question}`,
    );
  }
}

function wrong(expectation: string, value: unknown): TubthumpError {
  const shown = typeof value === 'object' ? typeof value : `${String(value)} (${typeof value})`;
  return new TubthumpError('ERR_TUBTHUMP_OPTIONS', `Expected ${expectation}, got ${shown}`);
}

function nameOf(resource: Resource): string {
  if (isContext(resource)) return resource.name;
  const name = resource.constructor?.name;
  return name && name !== 'Object' ? name : 'resource';
}
