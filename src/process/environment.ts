import process from 'node:process';

export type Environment = Readonly<Record<string, string>>;

/**
 * From `NAME=value` entries, as /proc/PID/environ and execve(2) have them. Without a prototype, so that
 * V8 keeps it as a dictionary: as an object it would get a hidden class more with each name.
 */
export function environmentOf(entries: readonly string[]): Record<string, string> {
  const environment = Object.create(null) as Record<string, string>;
  for (const entry of entries) {
    const name = nameOf(entry);
    environment[name] = entry.slice(name.length + 1);
  }
  return environment;
}

/** Of an entry; it may begin with an equals sign. */
export function nameOf(entry: string): string {
  return entry.slice(0, entry.indexOf('=', 1));
}

/** What process.env holds now, in the same form. */
export function currentEnvironment(): Environment {
  return Object.assign(Object.create(null), process.env);
}
