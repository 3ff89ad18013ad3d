// @ts-check
import { styleText } from 'node:util';

/** Something that ends the demo: a message for people, and what a process printed. */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {{ hint?: string | undefined, printed?: string }} [more]
   */
  constructor(message, { hint, printed = '' } = {}) {
    super(message);
    this.name = 'Problem';
    this.hint = hint;
    this.printed = printed.trim();
  }
}

/**
 * @param {Problem} problem
 * @param {boolean} json
 */
export function showProblem({ message, hint, printed }, json) {
  if (json) {
    console.error(JSON.stringify({ error: { message, hint, printed } }));
    return;
  }
  if (printed) console.error(`\n${printed.replace(/^/gm, '  | ')}\n`);
  console.error(styleText('red', `demo: ${message}`, { stream: process.stderr }));
  if (hint) console.error(`hint: ${hint}`);
}
