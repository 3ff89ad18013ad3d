import { setFlagsFromString } from 'node:v8';

/**
 * Loads modules of ours that V8 compiles as a whole. What wakes a copy would otherwise be compiled in
 * every copy, at its first call.
 *
 * Modules of Node that they need are better loaded before: their code caches are made with other
 * flags, and V8 would not take them.
 */
export async function compiledWhole<T>(load: () => Promise<T>): Promise<T> {
  setFlagsFromString('--no-lazy');
  try {
    return await load();
  } finally {
    setFlagsFromString('--lazy');
  }
}
