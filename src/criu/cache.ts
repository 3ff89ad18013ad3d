import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where `tubthump setup` keeps what it made. The launcher knows `current` and `chosen` too. */
export interface CriuCache {
  readonly root: string;
  /** Unpacked CRIUs, one directory each, named by Debian version. */
  readonly prefixes: string;
  /** Symbolic link to the prefix in use, switched atomically. */
  readonly current: string;
  /** One line: path of the CRIU binary that setup has chosen. */
  readonly chosen: string;
  /** Results of probes, see probe/memory.ts. */
  readonly probes: string;
  /** Held by the one setup that downloads. */
  readonly lock: string;
  /** CRIU's own protocol definition, which tests compare ours with. */
  readonly proto: string;
  /** CRIU's own decoder of image files, for Python, which tests compare ours with. */
  readonly pycriu: string;
}

/** The user's cache: `${XDG_CACHE_HOME:-~/.cache}/tubthump`. A relative XDG_CACHE_HOME does not count, as the XDG rules say. */
export function criuCache(environment: NodeJS.ProcessEnv = process.env): CriuCache {
  const xdg = environment.XDG_CACHE_HOME;
  const home = environment.HOME || homedir();
  const root = join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'tubthump');
  const prefixes = join(root, 'criu');
  return {
    root,
    prefixes,
    current: join(prefixes, 'current'),
    chosen: join(root, 'criu.path'),
    probes: join(root, 'probes.json'),
    lock: join(root, 'setup.lock'),
    proto: join(root, 'libcriu-dev', 'rpc.proto'),
    pycriu: join(root, 'pycriu'),
  };
}

/** The CRIU binary inside an unpacked prefix. */
export function binaryIn(prefix: string): string {
  return join(prefix, 'usr/sbin/criu');
}
