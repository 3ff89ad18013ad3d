import { criu_cg_mode as Mode } from '../generated/rpc.js';
import { choice, text, texts } from './kinds.js';
import { cgroupRoots } from './parts.js';
import { BOTH, DUMP, type Row } from './row.js';

/** Control groups. */
export const CGROUPS = {
  /**
   * What of control groups is dumped and restored: `ignore` nothing; `none` and `props` need them to
   * be there, `props` sets their properties; `soft` (CRIU's default) makes those that are missing, with
   * properties; `full` sets all properties; `strict` needs them not to be there (CRIU 1.7).
   */
  manageCgroups: {
    field: 'manageCgroupsMode',
    kind: choice({
      ignore: Mode.IGNORE,
      none: Mode.CG_NONE,
      props: Mode.PROPS,
      soft: Mode.SOFT,
      full: Mode.FULL,
      strict: Mode.STRICT,
      default: Mode.DEFAULT,
    }),
    of: BOTH,
  },
  /** Root of the dumped groups, or another one for the copy; for one controller or all (CRIU 1.3). */
  cgRoot: { field: 'cgRoot', kind: cgroupRoots, of: BOTH },
  /** Properties beside those that CRIU knows, in its own YAML (CRIU 2.4). */
  cgroupProps: { field: 'cgroupProps', kind: text, of: DUMP },
  /** The same in a file (CRIU 2.4). */
  cgroupPropsFile: { field: 'cgroupPropsFile', kind: text, of: DUMP },
  /** Only these controllers are dumped (CRIU 2.4). */
  cgroupDumpController: { field: 'cgroupDumpController', kind: texts, of: DUMP },
  /** Directory where all hierarchies are mounted already: CRIU mounts none (CRIU 3.14). */
  cgroupYard: { field: 'cgroupYard', kind: text, of: BOTH },
} as const satisfies Record<string, Row>;
