import { hash } from 'node:crypto';
import { PAGE } from './runs.js';

/** A page of an entry of a layer. */
export interface Place {
  readonly source: number;
  readonly page: number;
}

const PAGES = 2 ** 32;

/**
 * Which pages the layers of a base hold, by SHA-256: two pages of one digest are taken to be equal,
 * as two blobs are. Some 100 bytes of memory for each page.
 */
export class PageIndex {
  private readonly places = new Map<string, number>();

  find(page: Buffer): Place | undefined {
    const place = this.places.get(keyOf(page));
    if (place === undefined) return undefined;
    return { source: Math.floor(place / PAGES), page: place % PAGES };
  }

  /** Takes the bytes of one source, in any pieces; the last page may be short, and is left out. */
  reader(source: number): (bytes: Buffer) => void {
    const pending = Buffer.alloc(PAGE);
    let filled = 0;
    let page = 0;
    return (bytes) => {
      for (let at = 0; at < bytes.length; ) {
        if (filled === 0 && bytes.length - at >= PAGE) {
          this.add(bytes.subarray(at, at + PAGE), source, page++);
          at += PAGE;
          continue;
        }
        const copied = bytes.copy(pending, filled, at, at + PAGE - filled);
        filled += copied;
        at += copied;
        if (filled < PAGE) return;
        this.add(pending, source, page++);
        filled = 0;
      }
    };
  }

  private add(bytes: Buffer, source: number, page: number): void {
    if (isZero(bytes)) return;
    const key = keyOf(bytes);
    // The first one stays: it is in the lowest layer, which most images share.
    if (!this.places.has(key)) this.places.set(key, source * PAGES + page);
  }
}

const ZEROES = Buffer.alloc(PAGE);

/** Whether a page, or the short end of a file, holds nothing: it becomes a hole. */
export function isZero(page: Buffer): boolean {
  return page.equals(page.length === PAGE ? ZEROES : ZEROES.subarray(0, page.length));
}

function keyOf(page: Buffer): string {
  return hash('sha256', page, 'binary');
}
