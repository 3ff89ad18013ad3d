import process from 'node:process';
import { setFlagsFromString } from 'node:v8';

/**
 * Node 20's V8 guards wasm code with a memory protection key, which CRIU does not bring back: the
 * first module compiled after a restore (undici's fetch does one) would abort the process. V8 looks
 * at the flag each time, so turning it off works until the first module is made.
 */
export function avoidProtectionKeys(): void {
  if (Number(process.versions.node.split('.')[0]) !== 20) return;
  setFlagsFromString('--no-wasm-memory-protection-keys');
}
