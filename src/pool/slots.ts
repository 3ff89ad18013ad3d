/** Numbers from 1 to `max`, each held by one copy at a time: its {n}, so its port and its name. */
export class Slots {
  readonly #held = new Set<number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** The lowest free one, or undefined. */
  take(): number | undefined {
    for (let slot = 1; slot <= this.#max; slot++) {
      if (this.#held.has(slot)) continue;
      this.#held.add(slot);
      return slot;
    }
    return undefined;
  }

  free(slot: number): void {
    this.#held.delete(slot);
  }
}
