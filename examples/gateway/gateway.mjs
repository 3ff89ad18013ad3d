// @ts-check
// An HTTP gateway that has as many services as there is load: none, some, many, and none again.
import { createServer, request as send } from 'node:http';

/**
 * @typedef {{ port: number, exited: Promise<unknown>, end: () => unknown }} Service
 * @typedef {Service & { active: number, idle?: NodeJS.Timeout }} Worker
 *
 * Where services come from: copies of a pool, or cold starts.
 * @typedef {{ take: () => Promise<Service> }} Source
 */

export class Gateway {
  #source;
  #limits;
  /** @type {Set<Worker>} */
  #workers = new Set();
  /** @type {((worker: Worker) => void)[]} */
  #queue = [];
  #starting = 0;
  #server = createServer((request, response) => this.#serve(request, response));
  /** Most services at one time. */
  most = 0;

  /**
   * @param {Source} source
   * @param {{ max: number, perService: number, idleMs: number }} limits `perService` requests in
   *   flight are one service's share; one that had none for `idleMs` is ended
   */
  constructor(source, limits) {
    this.#source = source;
    this.#limits = limits;
  }

  get services() {
    return this.#workers.size;
  }

  /** @returns {Promise<number>} the port */
  async listen() {
    await new Promise((done) => this.#server.listen(0, '127.0.0.1', () => done(undefined)));
    return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }

  close() {
    this.#server.close();
    for (const worker of this.#workers) worker.end();
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #serve(request, response) {
    const worker = await this.#worker();
    const { method, url, headers } = request;
    const options = { host: '127.0.0.1', port: worker.port, method, path: url, headers };
    const onward = send(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => (response.headersSent ? response.destroy() : fail(response)));
    request.pipe(onward);
    response.on('close', () => this.#release(worker));
  }

  /** @returns {Worker | Promise<Worker>} the least busy service, or the next that is free */
  #worker() {
    const [first] = [...this.#workers].sort((one, other) => one.active - other.active);
    if (first && first.active < this.#limits.perService) return claim(first);
    /** @type {Promise<Worker>} */
    const next = new Promise((resolve) => this.#queue.push(resolve));
    this.#grow();
    return next;
  }

  /** As many as those who wait need, and no more than are allowed. */
  #grow() {
    const { max, perService } = this.#limits;
    const needed = Math.ceil(this.#queue.length / perService) - this.#starting;
    const allowed = max - this.#workers.size - this.#starting;
    for (let more = Math.min(needed, allowed); more > 0; more--) {
      this.#starting++;
      this.#source
        .take()
        .then((service) => this.#add({ ...service, active: 0 }))
        .catch((error) => console.error(error.message))
        .finally(() => this.#starting--);
    }
  }

  /** @param {Worker} worker */
  #add(worker) {
    this.#workers.add(worker);
    this.most = Math.max(this.most, this.#workers.size);
    worker.exited.then(() => this.#workers.delete(worker));
    for (let n = 0; n < this.#limits.perService; n++) this.#queue.shift()?.(claim(worker));
    if (worker.active === 0) this.#release(claim(worker));
  }

  /** @param {Worker} worker */
  #release(worker) {
    worker.active--;
    const next = this.#workers.has(worker) && this.#queue.shift();
    if (next) next(claim(worker));
    if (worker.active === 0) worker.idle = setTimeout(() => this.#end(worker), this.#limits.idleMs);
  }

  /** @param {Worker} worker */
  #end(worker) {
    this.#workers.delete(worker);
    worker.end();
  }
}

/** @param {Worker} worker */
function claim(worker) {
  clearTimeout(worker.idle);
  worker.active++;
  return worker;
}

/** @param {import('node:http').ServerResponse} response */
function fail(response) {
  response.writeHead(502).end();
}
