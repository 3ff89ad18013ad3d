/** What encoding an option may need of its surroundings. */
export interface Surroundings {
  /** Opens a directory for the time of the operation. @returns its number in our table */
  directory(path: string): number;
  /** Number in swrk's table of a descriptor of ours. */
  inherited(fd: number): number;
}

/** A type of option values: how they are checked, and how they look in criu_opts. */
export interface Kind<T> {
  /** "a boolean": ends the sentence "Expected x to be …". */
  readonly expectation: string;
  accepts(value: unknown): boolean;
  encode(value: T, surroundings: Surroundings): unknown;
}

/** A descriptor of ours that takes the place of something dumped. */
export interface InheritFd {
  /** `socket:[INODE]`, `pipe:[INODE]`, `path/without/leading/slash` … */
  readonly key: string;
  /** Number in this process. */
  readonly fd: number;
}

export const flag: Kind<boolean> = plain('a boolean', (value) => typeof value === 'boolean');

export const text: Kind<string> = plain('a non-empty string', isText);

export const fileName: Kind<string> = plain(
  'a file name without directories',
  (value) => isText(value) && !value.includes('/'),
);

export const texts: Kind<readonly string[]> = plain(
  'an array of non-empty strings',
  (value) => Array.isArray(value) && value.every(isText),
);

export const integers: Kind<readonly number[]> = plain(
  'an array of integers',
  (value) => Array.isArray(value) && value.every(Number.isInteger),
);

/** CRIU gets the number of a descriptor of ours, and opens it through /proc. */
export const directory: Kind<string> = {
  expectation: 'the path of a directory',
  accepts: isText,
  encode: (path, surroundings) => surroundings.directory(path),
};

export const inheritFds: Kind<readonly InheritFd[]> = {
  expectation: 'an array of { key: string, fd: number }',
  accepts: (value) => Array.isArray(value) && value.every(isInheritFd),
  encode: (list, surroundings) =>
    list.map(({ key, fd }) => ({ key, fd: surroundings.inherited(fd) })),
};

export function integer(from: number, to = 2 ** 31 - 1): Kind<number> {
  return plain(
    `an integer from ${from} to ${to}`,
    (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
  );
}

/** One of a few words, each with its number. */
export function choice<Word extends string>(numbers: Readonly<Record<Word, number>>): Kind<Word> {
  const words = Object.keys(numbers);
  return {
    expectation: `one of ${words.map((word) => `'${word}'`).join(', ')}`,
    accepts: (value) => words.includes(value as string),
    encode: (word) => numbers[word],
  };
}

/** A value that CRIU takes as it is. */
export function plain<T>(expectation: string, accepts: (value: unknown) => boolean): Kind<T> {
  return { expectation, accepts, encode: (value) => value };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isInheritFd(value: unknown): value is InheritFd {
  const { key, fd } = (value ?? {}) as Partial<InheritFd>;
  return isText(key) && Number.isInteger(fd) && (fd as number) >= 0;
}
