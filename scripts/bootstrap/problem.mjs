// @ts-check

/** Something that set-up cannot do by itself; the hint says what to do by hand. */
export class SetupProblem extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   */
  constructor(message, hint) {
    super(message);
    this.name = 'SetupProblem';
    this.hint = hint;
  }
}
