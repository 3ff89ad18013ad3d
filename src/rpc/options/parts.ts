import { isDescriptor, isText, type Kind, list } from './kinds.js';

/** A descriptor of ours that takes the place of something dumped. */
export interface InheritFd {
  /** `socket:[INODE]`, `pipe:[INODE]`, `path/without/leading/slash`, a KEY of `external` … */
  readonly key: string;
  /** Number in this process. */
  readonly fd: number;
}

/** Where pages go, or where a page server listens. */
export interface PageServerAddress {
  /** IP address or host name; a server without one listens on all. */
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  /** A connected stream socket of this process instead, not O_NONBLOCK (swrk only). */
  readonly fd?: number | undefined;
}

/** A namespace that is there, for the copy to live in. */
export interface JoinNamespace {
  readonly ns: 'net' | 'uts' | 'time' | 'ipc' | 'user' | 'mnt';
  /** Path of a namespace file, or the pid of a process in it. */
  readonly file: string | number;
  /** Of a user namespace: `UID,GID`. */
  readonly extra?: string | undefined;
}

export interface CgroupRoot {
  /** All controllers without it. */
  readonly controller?: string | undefined;
  readonly path: string;
}

export interface VethPair {
  readonly inside: string;
  readonly outside: string;
}

export interface ExternalMount {
  /** At dump the mount point, at restore its `value` at dump. */
  readonly key: string;
  /** At dump a name of your choice, at restore the path to mount there. */
  readonly value: string;
}

/** Kinds of options that take objects: parts of criu_opts that are messages of their own. */
export const inheritFds: Kind<readonly InheritFd[]> = {
  ...list<InheritFd>(
    '{ key: string, fd: number }',
    ({ key, fd }) => isText(key) && isDescriptor(fd),
  ),
  encode: (items, { inherited }) => items.map(({ key, fd }) => ({ key, fd: inherited(fd) })),
  inherits: (items) => items.map(({ fd }) => fd),
};

export const pageServer: Kind<PageServerAddress> = {
  expectation: '{ address: string, port: number } or { fd: number }',
  accepts: isPageServer,
  encode: ({ address, port, fd }, { inherited }) =>
    fd === undefined ? { address, port } : { fd: inherited(fd) },
  inherits: ({ fd }) => (fd === undefined ? [] : [fd]),
};

const NAMESPACES = ['net', 'uts', 'time', 'ipc', 'user', 'mnt'];

export const namespaces = list<JoinNamespace>(
  `{ ns, file } with one of ${NAMESPACES.map((ns) => `'${ns}'`).join(', ')} as ns`,
  ({ ns, file, extra }) =>
    NAMESPACES.includes(ns ?? '') &&
    (isText(file) || (Number.isInteger(file) && (file as number) > 0)) &&
    (extra === undefined || /^\d+,\d+$/.test(extra)),
  ({ ns, file, extra }) => ({ ns, nsFile: String(file), extraOpt: extra }),
);

export const cgroupRoots = list<CgroupRoot>(
  '{ controller?: string, path: string }',
  ({ controller, path }) => (controller === undefined || isText(controller)) && isText(path),
  ({ controller, path }) => ({ ctrl: controller, path }),
);

export const vethPairs = list<VethPair>(
  '{ inside: string, outside: string }',
  ({ inside, outside }) => isText(inside) && isText(outside),
  ({ inside, outside }) => ({ ifIn: inside, ifOut: outside }),
);

export const externalMounts = list<ExternalMount>(
  '{ key: string, value: string }',
  ({ key, value }) => isText(key) && isText(value),
  ({ key, value }) => ({ key, val: value }),
);

export const inodes: Kind<readonly number[]> = {
  expectation: 'an array of inode numbers',
  accepts: (value) => Array.isArray(value) && value.every(isDescriptor),
  encode: (numbers) => numbers.map((inode) => ({ inode })),
};

function isPageServer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { address, port, fd, ...more } = value as PageServerAddress;
  if (Object.keys(more).length > 0) return false;
  if (fd !== undefined) return isDescriptor(fd) && address === undefined && port === undefined;
  const isPort = Number.isInteger(port) && (port as number) >= 0 && (port as number) < 65536;
  return (address === undefined || isText(address)) && (port === undefined || isPort);
}
