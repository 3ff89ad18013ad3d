/** Objects that it does not keep alive. Adding is cheap: the dead are swept out as it doubles. */
export class WeakList<T extends object> {
  #references: WeakRef<T>[] = [];
  #sweepAt = 64;

  add(item: T): void {
    this.#references.push(new WeakRef(item));
    if (this.#references.length < this.#sweepAt) return;
    this.#references = this.#references.filter((reference) => reference.deref());
    this.#sweepAt = Math.max(64, this.#references.length * 2);
  }

  alive(): T[] {
    return this.#references.flatMap((reference) => reference.deref() ?? []);
  }
}
