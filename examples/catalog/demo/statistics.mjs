// @ts-check

/**
 * @param {readonly number[]} samples at least one
 * @returns {number} NaN without samples
 */
export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const low = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  const high = sorted[sorted.length >> 1] ?? Number.NaN;
  return (low + high) / 2;
}

/**
 * @typedef {{ samplesMs: number[], medianMs: number, minMs: number, maxMs: number }} Summary
 *
 * @param {number[]} samplesMs
 * @returns {Summary}
 */
export function summarize(samplesMs) {
  return {
    samplesMs,
    medianMs: median(samplesMs),
    minMs: Math.min(...samplesMs),
    maxMs: Math.max(...samplesMs),
  };
}
