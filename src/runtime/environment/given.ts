import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string>>;

/** What the process was started or last restored with; what the application set is not in it. */
let given: Environment | undefined;

/** The environment at exec or restore, whatever process.env says by now. */
export function initialEnvironment(): Environment {
  given ??= readInitial();
  return given;
}

/** From now on this is what the process was started with. */
export function startedWith(next: Environment): void {
  given = next;
}

/** proc(5), /proc/PID/environ */
function readInitial(): Environment {
  const entries = readFileSync('/proc/self/environ', 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=', 1);
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
