import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { binaryIn, type CriuCache } from './cache.js';

export type Source = 'option' | 'TUBTHUMP_CRIU' | 'PATH' | 'private prefix';

/** A CRIU that may be used, not yet examined. */
export interface Candidate {
  readonly source: Source;
  readonly path: string;
}

export interface Surroundings {
  /** CRIU named by the user of this call. */
  readonly option?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly cache: CriuCache;
}

type Rung = (where: Surroundings) => string | null | undefined;

/** The ladder, from top to bottom: the first CRIU that is good enough is taken. */
const LADDER: ReadonlyArray<readonly [Source, Rung]> = [
  ['option', fromOption],
  ['TUBTHUMP_CRIU', fromEnvironment],
  ['PATH', fromPath],
  ['private prefix', fromPrefix],
];

export function candidates(where: Surroundings): Candidate[] {
  return LADDER.flatMap(([source, rung]) => {
    const path = rung(where);
    return path ? [{ source, path: resolve(path) }] : [];
  });
}

function fromOption({ option }: Surroundings) {
  return option;
}

function fromEnvironment({ environment }: Surroundings) {
  return environment.TUBTHUMP_CRIU;
}

function fromPath({ environment }: Surroundings) {
  // CRIU is installed for administrators, whose directories other users do not have in PATH.
  const directories = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  return [...directories, '/usr/local/sbin', '/usr/sbin']
    .map((directory) => join(directory, 'criu'))
    .find(isExecutable);
}

function fromPrefix({ cache }: Surroundings) {
  const path = binaryIn(cache.current);
  return existsSync(path) ? path : null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
