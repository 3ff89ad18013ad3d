// @ts-check

/** @param {number} ms */
export function duration(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}

/** @param {number} count */
export function bytes(count) {
  return `${(count / 1e6).toFixed(1)} MB`;
}
