import type { SecretFinding } from './scan.js';

/** One line a secret, none of which says what it is. */
export function secretsText(findings: readonly SecretFinding[]): string {
  if (findings.length === 0) return 'no secrets found';
  return findings
    .map(({ pid, kind, times, address, mapping }) => {
      const often = times === 1 ? 'once' : `${times} times`;
      return `process ${pid}: ${kind}, ${often}, first at ${address} (${mapping})`;
    })
    .join('\n');
}
