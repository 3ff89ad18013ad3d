import process from 'node:process';
import { getHeapSpaceStatistics } from 'node:v8';
import type { MemoryRegions } from '../../engine/engine.js';

/** Resident memory of this process by region, in bytes, as far as V8 and the kernel tell it apart. */
export function memoryRegions(): MemoryRegions {
  const { rss, arrayBuffers } = process.memoryUsage();
  let heap = 0;
  let code = 0;
  for (const { space_name: name, physical_space_size: bytes } of getHeapSpaceStatistics()) {
    if (name.includes('code')) code += bytes;
    // What is built into the binary is not this process's own.
    else if (name !== 'read_only_space') heap += bytes;
  }
  return {
    heap,
    code,
    buffers: arrayBuffers,
    native: Math.max(0, rss - heap - code - arrayBuffers),
  };
}
