// @ts-check
import { randomUUID } from 'node:crypto';

/**
 * @typedef {{ productId: number, quantity: number }} CartItem
 * @typedef {{ id: string, items: CartItem[], total: number }} Cart total in cents
 */

/** The carts of all customers, in memory only. */
export class Carts {
  /** @type {Map<string, Cart>} */
  #carts = new Map();

  get size() {
    return this.#carts.size;
  }

  /**
   * @param {CartItem[]} items
   * @param {number} total in cents
   */
  open(items, total) {
    const cart = { id: randomUUID(), items, total };
    this.#carts.set(cart.id, cart);
    return cart;
  }

  /** @param {string} id */
  get(id) {
    return this.#carts.get(id);
  }
}
