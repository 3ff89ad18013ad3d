// @ts-check
import { styleText } from 'node:util';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const CLEAR_LINE = '\r\x1b[2K';

/**
 * Says what is going on: on a terminal a line that turns into the result of its step, elsewhere a line
 * for each step and one for its result.
 */
export class Progress {
  #stream;
  #step = '';
  #detail = '';
  #frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {NodeJS.WriteStream} stream */
  constructor(stream) {
    this.#stream = stream;
  }

  /** @param {string} step */
  begin(step) {
    this.#step = step;
    this.#detail = '';
    if (!this.#stream.isTTY) {
      this.#stream.write(`${step} …\n`);
      return;
    }
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
    this.#draw();
  }

  /** @param {string} detail of the step that goes on */
  update(detail) {
    this.#detail = detail;
  }

  /**
   * @param {string} value
   * @param {string} [remark]
   */
  done(value, remark = '') {
    this.stop();
    const line = `${this.#step.padEnd(26)}${this.#style('bold', value.padStart(9))}`;
    this.#stream.write(`${this.#style('green', '✓')} ${line}  ${this.#style('dim', remark)}\n`);
  }

  /** Leaves no half line behind. */
  stop() {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stream.write(CLEAR_LINE);
  }

  #draw() {
    const frame = this.#style('cyan', FRAMES[this.#frame++ % FRAMES.length] ?? '');
    this.#stream.write(`${CLEAR_LINE}${frame} ${this.#step} ${this.#style('dim', this.#detail)}`);
  }

  /**
   * @param {'green' | 'cyan' | 'dim' | 'bold'} format
   * @param {string} text
   */
  #style(format, text) {
    return styleText(format, text, { stream: this.#stream });
  }
}
