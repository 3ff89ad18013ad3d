import { CGROUPS } from './cgroups.js';
import { FILES } from './files.js';
import { IMAGE } from './image.js';
import type { Kind } from './kinds.js';
import { MEMORY } from './memory.js';
import { MOUNTS } from './mounts.js';
import { NETWORK } from './network.js';
import { PROCESS } from './process.js';
import type { Operation } from './row.js';

/** Every option of CRIU that the client offers. */
export const TABLE = {
  ...IMAGE,
  ...PROCESS,
  ...MEMORY,
  ...NETWORK,
  ...FILES,
  ...MOUNTS,
  ...CGROUPS,
} as const;

/** Fields of criu_opts that are no options of ours, and why. */
export const NOT_OFFERED = {
  images_dir: 'imagesDir is sent as a descriptor, which cannot be mistaken for another directory',
  log_to_stderr: 'the client decides where the log goes: without logFile it reads it itself',
  notify_scripts: 'always on, except for a process that dumps itself',
  manage_cgroups: 'the older form of manage_cgroups_mode, which is manageCgroups',
} as const;

type Table = typeof TABLE;
type ValueOf<R> = R extends { readonly kind: Kind<infer T> } ? T : never;

/** The options of one operation, by type. */
export type OptionsOf<O extends Operation> = {
  readonly [Name in keyof Table as O extends Table[Name]['of'][number] ? Name : never]?:
    | ValueOf<Table[Name]>
    | undefined;
};
