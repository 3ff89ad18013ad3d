import type { Holding, Kind } from '../descriptors/holding.js';
import type { Action, Rule } from './rule.js';

const REOPENABLE: ReadonlySet<Kind> = new Set([
  'file',
  'directory',
  'device',
  'fifo',
  'tcp-listening',
  'unix-listening',
  'child',
]);

/** What no descriptor leads to, or what Node's event loop is made of. */
const UNCLOSABLE: ReadonlySet<Kind> = new Set([
  'epoll',
  'io_uring',
  'mapping',
  'shared-memory',
  'cluster',
]);

/** Kinds that libuv uses itself: only who names a number can know that it is another one. */
const LOOPS_OWN: ReadonlySet<Kind> = new Set(['pipe', 'eventfd', 'inotify', 'null', 'signalfd']);

/** Why this action cannot be had of this kind; undefined when it can. */
export function inability(action: Action, kind: Kind, byNumber: boolean): string | undefined {
  if (action === 'reopen' && !REOPENABLE.has(kind)) {
    return `a ${kind} cannot be reopened (${[...REOPENABLE].join(', ')} can)`;
  }
  if (action !== 'close') return undefined;
  if (UNCLOSABLE.has(kind)) return `a ${kind} cannot be closed`;
  if (LOOPS_OWN.has(kind) && !byNumber) {
    return `Node has ${kind}s of its own: name the one to close by fd=N`;
  }
  return undefined;
}

/** The rule that would let a checkpoint pass, as a line of a policy file. */
export function suggestedRule(holding: Holding): string | undefined {
  const action: Action | undefined = ['reopen', 'close'].find(
    (name) => !inability(name as Action, holding.kind, false),
  ) as Action | undefined;
  return action && `${action} ${criteriaFor(holding)}`;
}

/** A glob that means just this path. */
function literal(path: string): string {
  return path.replace(/[*?[\]{}()!+@\\]/g, '\\$&');
}

function criteriaFor({ kind, remote, command, path, fd }: Holding): string {
  const criteria: Partial<Record<keyof Rule, string>> = { kind };
  if (remote !== undefined) criteria.remote = remote;
  else if (command !== undefined) criteria.command = command;
  else if (path !== undefined) criteria.path = literal(path);
  else if (fd !== undefined) criteria.fd = String(fd);
  return Object.entries(criteria)
    .map(([name, value]) => `${name}=${/[\s"#\\]/.test(value) ? JSON.stringify(value) : value}`)
    .join(' ');
}
