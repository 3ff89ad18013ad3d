/** Bytes of memory or of a file, from `start` up to `end`. */
export interface ByteRange {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * How many bytes of each range are in one of `parts`, which are in order and without overlaps. The
 * ranges may be anything: those of a damaged image are.
 */
export function bytesWithin(ranges: readonly ByteRange[], parts: readonly ByteRange[]): number[] {
  const sums = [0n];
  for (const { start, end } of parts) sums.push((sums.at(-1) ?? 0n) + (end - start));
  const before = (position: bigint): bigint => {
    const index = partsBefore(parts, position);
    const last = parts[index - 1];
    const beyond = last && last.end > position ? last.end - position : 0n;
    return (sums[index] ?? 0n) - beyond;
  };
  return ranges.map(({ start, end }) => Number(before(end) - before(start)));
}

/** How many of them start below `position`. */
function partsBefore(parts: readonly ByteRange[], position: bigint): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? 0n) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
