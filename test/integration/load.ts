import http from 'node:http';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Clients that ask a service without a pause, some on connections of their own, some on kept ones. */
export class Load {
  answered = 0;
  /** What went wrong since the first answer: nobody may be refused or cut off. */
  readonly failures: string[] = [];
  readonly #port: number;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  readonly #clients: Promise<unknown>;
  #over = false;

  constructor(port: number) {
    this.#port = port;
    const once = () => this.#askOnce();
    const kept = () => this.#askKept();
    this.#clients = Promise.all([once, once, kept, kept].map((ask) => this.#loop(ask)));
  }

  async stop(): Promise<void> {
    this.#over = true;
    await this.#clients;
    this.#agent.destroy();
  }

  async #loop(ask: () => Promise<void>): Promise<void> {
    while (!this.#over) {
      try {
        await ask();
        this.answered++;
      } catch (error) {
        if (this.answered > 0) this.failures.push(String(error));
        await sleep(1);
      }
    }
  }

  async #askOnce(): Promise<void> {
    const connection = createConnection(this.#port, '127.0.0.1');
    connection.end('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const answer = await text(connection);
    if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`cut off: ${answer}`);
  }

  /** A kept connection may end at any time, RFC 9112: then the request is sent again. */
  #askKept(): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = http.get({ port: this.#port, host: '127.0.0.1', agent: this.#agent });
      request.once('response', (response) => response.resume().once('end', resolve));
      request.once('error', (error) =>
        request.reusedSocket ? resolve(this.#askKept()) : reject(error),
      );
    });
  }
}
