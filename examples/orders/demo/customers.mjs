// @ts-check
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 2;
const POLL_MS = 5;

/**
 * Customers who order all the time, each over one connection that is kept alive.
 */
export class Customers {
  #port;
  #ordering = true;
  #patient = true;
  #running;
  /** What came of it so far. */
  count = { acknowledged: 0, refused: 0, resets: 0, failed: 0, longestMs: 0 };

  /**
   * @param {number} port
   * @param {number} customers
   */
  constructor(port, customers) {
    this.#port = port;
    this.#running = Array.from({ length: customers }, () => this.#order());
  }

  /**
   * Resolves when this many more orders have been acknowledged.
   *
   * @param {number} orders
   * @param {import('../../catalog/demo/running.mjs').Running} service
   * @throws {import('../../catalog/demo/problem.mjs').Problem} when the service ends before
   */
  async see(orders, service) {
    const until = this.count.acknowledged + orders;
    while (this.count.acknowledged < until) {
      service.assertRunning();
      await sleep(POLL_MS);
    }
  }

  /** No new orders; resolves when the last one has been answered. */
  async leave() {
    this.#ordering = false;
    await Promise.all(this.#running);
  }

  /** Nobody waits for an answer any more. */
  async giveUp() {
    this.#patient = false;
    await this.leave();
  }

  async #order() {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (this.#ordering) {
      const started = performance.now();
      await this.#insist(agent, { id: randomUUID(), item: 'tea', quantity: 1 });
      this.count.longestMs = Math.max(this.count.longestMs, performance.now() - started);
    }
    agent.destroy();
  }

  /**
   * Orders until there is an answer: a server may close a kept connection at any time (RFC 9112, 9.6),
   * and an order that has an id can be sent again.
   *
   * @param {Agent} agent
   * @param {object} order
   */
  async #insist(agent, order) {
    for (;;) {
      try {
        const status = await this.#send(agent, order);
        if (status === 201) this.count.acknowledged++;
        else this.count.failed++;
        return;
      } catch (error) {
        const { code } = /** @type {NodeJS.ErrnoException} */ (error);
        if (code === 'ECONNREFUSED') this.count.refused++;
        else this.count.resets++;
        if (!this.#patient) return;
        await sleep(RETRY_MS);
      }
    }
  }

  /**
   * @param {Agent} agent
   * @param {object} order
   * @returns {Promise<number | undefined>} status of the answer
   */
  async #send(agent, order) {
    /** @type {import('node:http').IncomingMessage} */
    const response = await new Promise((resolve, reject) => {
      const where = { host: '127.0.0.1', port: this.#port, path: '/orders', method: 'POST' };
      request({ ...where, agent }, resolve)
        .once('error', reject)
        .end(JSON.stringify(order));
    });
    await text(response);
    return response.statusCode;
  }
}
