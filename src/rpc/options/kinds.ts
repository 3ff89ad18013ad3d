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
  /** Descriptors of ours in it that swrk has to inherit. */
  inherits?(value: T): readonly number[];
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

/** Some of a few words, each with its bits. */
export function bits<Word extends string>(
  numbers: Readonly<Record<Word, number>>,
): Kind<readonly Word[]> {
  const words = Object.keys(numbers);
  return {
    expectation: `an array of ${words.map((word) => `'${word}'`).join(', ')}`,
    accepts: (value) => Array.isArray(value) && value.every((word) => words.includes(word)),
    encode: (value) => value.reduce((sum, word) => sum | numbers[word], 0),
  };
}

/** Objects of a shape, as CRIU has them under other names. */
export function list<Item>(
  shape: string,
  accepts: (item: Partial<Item>) => boolean,
  encode: (item: Item) => unknown = (item) => item,
): Kind<readonly Item[]> {
  return {
    expectation: `an array of ${shape}`,
    accepts: (value) => Array.isArray(value) && value.every((item) => accepts(item ?? {})),
    encode: (items) => items.map((item) => encode(item)),
  };
}

/** A value that CRIU takes as it is. */
export function plain<T>(expectation: string, accepts: (value: unknown) => boolean): Kind<T> {
  return { expectation, accepts, encode: (value) => value };
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The number of a descriptor. */
export function isDescriptor(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
