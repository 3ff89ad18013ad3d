import type { Addon, NativePackOperation } from '../native/addon.js';
import { callNative, fromNative } from '../native/load.js';
import type { ProgressOptions } from '../progress/progress.js';

const INTERVAL_MS = 100;

/** What packing and unpacking tell. */
export interface PackResult {
  /** How many files the image has. */
  readonly files: number;
  /** Of all files, with holes. */
  readonly bytes: number;
  /** Bytes of the pages that are not zero. */
  readonly data: number;
  /** Bytes of them that are in the base. */
  readonly shared: number;
  /** Size of the pack, bytes. */
  readonly packed: number;
  readonly ms: number;
}

/** Runs it to its end, with reports and a way to cancel it. */
export async function perform(
  start: (addon: Addon) => NativePackOperation,
  { signal, onProgress }: ProgressOptions,
): Promise<PackResult> {
  const began = performance.now();
  const operation = callNative(start);
  const cancel = () => operation.cancel();
  const tell = () => {
    const { done, total } = operation.progress();
    onProgress?.(done, total);
  };
  const timer = onProgress ? setInterval(tell, INTERVAL_MS) : undefined;
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    const figures = await operation.result;
    if (onProgress) tell();
    return { ...figures, ms: performance.now() - began };
  } catch (error) {
    throw fromNative(error);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
