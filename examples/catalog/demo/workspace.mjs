// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the image goes: a temporary directory, or one that stays. */
export class Workspace {
  /** @type {string | undefined} */
  #temporary;

  /** @param {string} [keep] directory of an image that stays */
  constructor(keep) {
    if (keep === undefined) this.#temporary = mkdtempSync(join(tmpdir(), 'tubthump-demo-'));
    this.images = keep ?? join(/** @type {string} */ (this.#temporary), 'image');
  }

  remove() {
    if (this.#temporary) rmSync(this.#temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
