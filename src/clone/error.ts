import { TubthumpAggregateError } from '../errors/index.js';
import type { Copy } from './copy.js';

/** Not all copies came up. Those that did go on, in `copies`; `errors` has every cause. */
export class CloneError extends TubthumpAggregateError {
  declare readonly code: 'ERR_TUBTHUMP_CLONE';
  readonly copies: readonly Copy[];

  constructor(copies: readonly Copy[], count: number, causes: readonly unknown[]) {
    super('ERR_TUBTHUMP_CLONE', `${copies.length} of ${count} copies came up`, causes);
    this.copies = copies;
  }
}

Object.defineProperty(CloneError.prototype, 'name', { value: 'CloneError', configurable: true });
