// @ts-check

/** Something that only the reader can mend: what was found, and the one thing to do next. */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {string} fix
   */
  constructor(message, fix) {
    super(message)
    this.fix = fix
  }
}
