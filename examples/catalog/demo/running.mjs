// @ts-check
import { spawn } from 'node:child_process';
import { Problem } from './problem.mjs';

const GRACE_MS = 5000;
const TAIL_LENGTH = 8192;

/** A process that was started, with what it prints. */
export class Running {
  #startedAt = performance.now();
  #child;
  #name;
  /** @type {string | undefined} */
  #end;
  #stdout = '';
  #stderr = '';

  /**
   * @param {string[]} command
   * @param {Record<string, string>} environment besides our own
   */
  constructor(command, environment) {
    const [program = '', ...args] = command;
    this.#name = command.join(' ');
    this.#child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout.on('data', (chunk) => {
      this.#stdout = (this.#stdout + chunk).slice(-TAIL_LENGTH);
    });
    this.#child.stderr.on('data', (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-TAIL_LENGTH);
    });
    /** @type {Promise<void>} it ended, its output is complete */
    this.ended = new Promise((resolve) => {
      const settle = (/** @type {string} */ how) => {
        this.#end ??= how;
        resolve();
      };
      this.#child.once('error', ({ message }) => settle(message));
      this.#child.once('close', (status, signal) => settle(signal ?? `status ${status}`));
    });
  }

  /** Time since the start, in ms, to the microsecond. */
  get age() {
    return Math.round((performance.now() - this.#startedAt) * 1000) / 1000;
  }

  /** @throws {Problem} when it has ended */
  assertRunning() {
    if (this.#end !== undefined) throw this.problem(`ended early (${this.#end})`);
  }

  /**
   * Waits for its end.
   *
   * @returns {Promise<{ ok: boolean, stdout: string, stderr: string }>} with the last of what it printed
   */
  async result() {
    await this.ended;
    return { ok: this.#end === 'status 0', stdout: this.#stdout, stderr: this.#stderr };
  }

  /** Ends it, if it has not ended yet: SIGTERM, after a grace SIGKILL. */
  async end() {
    if (this.#end === undefined) this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    await this.ended;
    clearTimeout(kill);
  }

  /** The last of what it printed: on stderr, or else on stdout. */
  get printed() {
    return this.#stderr || this.#stdout;
  }

  /** @param {string} what it did wrong */
  problem(what) {
    return new Problem(`${this.#name} ${what}`, { printed: this.printed });
  }
}
