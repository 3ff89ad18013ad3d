import { type ErrorCode, nameResource, TubthumpError } from '../errors/index.js';
import { type Refusal, refusalText } from './refusal.js';

const SUMMARIES: Partial<Record<ErrorCode, string>> = {
  ERR_TUBTHUMP_CHILDREN: 'child processes that would be in the image',

  ERR_TUBTHUMP_CLUSTER: 'a process that is one of several',
};

/** What keeps a process from being dumped: everything of one code. */
export class HoldingsError extends TubthumpError {
  readonly refusals: readonly Refusal[];

  constructor(code: ErrorCode, refusals: readonly Refusal[]) {
    const lines = refusals.flatMap((refusal) => refusalText(refusal).split('\n'));
    const summary = SUMMARIES[code] ?? 'descriptors that cannot be in an image';
    super(code, `${summary}:\n    ${lines.join('\n    ')}`);
    this.refusals = refusals;
  }
}

// As with the others: belongs to the class, not to every instance.
Object.defineProperty(HoldingsError.prototype, 'name', { value: 'HoldingsError' });

/** One error for each code among the refusals. */
export function holdingsErrors(refusals: readonly Refusal[]): unknown[] {
  const byCode = new Map<ErrorCode, Refusal[]>();
  for (const refusal of refusals) {
    byCode.set(refusal.code, [...(byCode.get(refusal.code) ?? []), refusal]);
  }
  return [...byCode].map(([code, some]) =>
    nameResource(new HoldingsError(code, some), 'runtime/descriptors'),
  );
}
