// @ts-check
import { Problem } from './problem.mjs';
import { Running } from './running.mjs';

/** The processes of the demo: each is ended by its pid, whatever happens. */
export class Processes {
  /** @type {Set<Running>} */
  #running = new Set();
  #ending = false;

  /** Whether the demo was interrupted, or is over. */
  get ending() {
    return this.#ending;
  }

  /**
   * @param {string[]} command
   * @param {Record<string, string>} [environment] besides our own
   */
  start(command, environment = {}) {
    if (this.#ending) throw new Problem('interrupted');
    const running = new Running(command, environment);
    this.#running.add(running);
    running.ended.then(() => this.#running.delete(running));
    return running;
  }

  /** Ends what still runs; nothing starts any more. */
  async endAll() {
    this.#ending = true;
    await Promise.all([...this.#running].map((running) => running.end()));
  }
}
