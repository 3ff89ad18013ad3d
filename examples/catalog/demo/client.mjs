// @ts-check
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';

/** Asks the service over connections that stay open until `close`. */
export class Client {
  #agent = new Agent({ keepAlive: true });
  #service;
  #port;

  /**
   * @param {import('./running.mjs').Running} service
   * @param {number} port
   */
  constructor(service, port) {
    this.#service = service;
    this.#port = port;
  }

  /**
   * @param {string} path
   * @param {object} [body] makes it a POST
   * @returns {Promise<import('node:http').IncomingMessage>}
   * @throws {import('./problem.mjs').Problem} without an answer, and for a status that is no success
   */
  async send(path, body) {
    const response = await new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.#port,
          path,
          method: body ? 'POST' : 'GET',
          headers: body ? { 'content-type': 'application/json' } : {},
        },
        resolve,
      );
      sent.once('error', ({ message }) => {
        reject(this.#service.problem(`did not answer ${path}: ${message}`));
      });
      sent.end(body && JSON.stringify(body));
    });
    if (response.statusCode < 300) return response;
    throw this.#service.problem(`answered ${path} with status ${response.statusCode}`);
  }

  /**
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async ask(path, body) {
    return json(await this.send(path, body));
  }

  close() {
    this.#agent.destroy();
  }
}
