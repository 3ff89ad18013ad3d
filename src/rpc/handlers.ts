import type { Notification } from './notification.js';

type Answer = void | Promise<void>;

/**
 * What can be done at CRIU's notifications: it waits until the handler is done, one at a time. What a
 * handler throws ends the operation, with its error as the cause; CRIU then undoes what it did, as
 * long as it can (until the processes go on).
 */
export interface NotifyHandlers {
  /** Dump: nothing has happened yet. */
  readonly preDump?: (() => Answer) | undefined;
  /** The tree has a network of its own: its packets are to be dropped from now on. Dump and restore. */
  readonly networkLock?: (() => Answer) | undefined;
  /**
   * Dump: the tree is frozen, no file has been looked at. May return more of what `external` takes:
   * `unix[INODE]`, `file[MNT_ID:INODE]` … (CRIU 3.19)
   */
  readonly queryExtFiles?:
    | (() => readonly string[] | undefined | Promise<readonly string[] | undefined> | Answer)
    | undefined;
  /** Dump: the image is complete, the tree still frozen: the place to commit. */
  readonly postDump?: (() => Answer) | undefined;
  /** Packets pass again. Dump and restore. */
  readonly networkUnlock?: (() => Answer) | undefined;
  /** Restore: nothing has happened yet. */
  readonly preRestore?: (() => Answer) | undefined;
  /** Restore: the root is there in its new namespaces, nothing in them yet. */
  readonly setupNamespaces?: ((root: { readonly pid: number }) => Answer) | undefined;
  /** Restore: the namespaces are as they were. */
  readonly postSetupNamespaces?: (() => Answer) | undefined;
  /**
   * Restore with `orphanPtsMaster`: the master of the terminal that the tree is on. The descriptor is
   * the handler's to close; without a handler it is closed, and the terminal hangs up.
   */
  readonly orphanPtsMaster?: ((terminal: { readonly fd: number }) => Answer) | undefined;
  /** Restore: the tree is there, not running yet. */
  readonly postRestore?: ((root: { readonly pid: number }) => Answer) | undefined;
  /** Restore: the tree is about to run. */
  readonly preResume?: (() => Answer) | undefined;
  /** Restore: the tree runs. Nothing can be undone any more. */
  readonly postResume?: (() => Answer) | undefined;
  /** CRIU is ready: a page server listens, a lazy dump waits for its copy (CRIU 3.15). */
  readonly statusReady?: (() => Answer) | undefined;
}

type Name = keyof NotifyHandlers;

/** By the name that CRIU has for it. */
const NAMES: Readonly<Record<string, Name>> = {
  'pre-dump': 'preDump',
  'network-lock': 'networkLock',
  'query-ext-files': 'queryExtFiles',
  'post-dump': 'postDump',
  'network-unlock': 'networkUnlock',
  'pre-restore': 'preRestore',
  'setup-namespaces': 'setupNamespaces',
  'post-setup-namespaces': 'postSetupNamespaces',
  'orphan-pts-master': 'orphanPtsMaster',
  'post-restore': 'postRestore',
  'pre-resume': 'preResume',
  'post-resume': 'postResume',
  'status-ready': 'statusReady',
};

export const HANDLER_NAMES: readonly string[] = Object.values(NAMES);

/**
 * Calls the handler of a notification, if there is one.
 * @returns what `queryExtFiles` wants to leave outside the image
 */
export async function handle(
  handlers: NotifyHandlers | undefined,
  notification: Notification,
): Promise<readonly string[]> {
  const { script } = notification;
  const name = Object.hasOwn(NAMES, script) ? NAMES[script] : undefined;
  if (!handlers || !name) return [];
  if (name === 'orphanPtsMaster') {
    // Taken only by a handler: what nobody takes is closed.
    const [fd] = handlers.orphanPtsMaster ? notification.takeDescriptors() : [];
    if (fd !== undefined) await handlers.orphanPtsMaster?.({ fd });
  } else if (name === 'setupNamespaces' || name === 'postRestore') {
    await handlers[name]?.({ pid: notification.pid ?? 0 });
  } else if (name === 'queryExtFiles') {
    return checked((await handlers.queryExtFiles?.()) ?? []);
  } else {
    await handlers[name]?.();
  }
  return [];
}

function checked(external: unknown): readonly string[] {
  if (Array.isArray(external) && external.every((it) => typeof it === 'string' && it !== '')) {
    return external;
  }
  throw new TypeError('it has to return an array of non-empty strings, or nothing');
}
