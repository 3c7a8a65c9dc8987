// @ts-check

export const SILENCE_LIMIT_MS = 45_000

/** Notices that the other end has gone without saying so. */
export class Silence {
  #heardAt
  #countedAt
  #countedMs = 0
  #longestStepMs

  /**
   * @param {number} now
   * @param {number} longestStepMs how much of the time between two counts may be believed
   */
  constructor(now, longestStepMs) {
    this.#heardAt = this.#countedAt = now
    this.#longestStepMs = longestStepMs
  }

  /** @param {number} now */
  heard(now) {
    this.#heardAt = this.#countedAt = now
    this.#countedMs = 0
  }

  /**
   * Called from a timer. A hidden page's timers come a minute late, and in that time nobody pinged:
   * such a gap is not the other end's silence and counts as one step only.
   * @param {number} now
   */
  isTooLong(now) {
    this.#countedMs += Math.min(now - this.#countedAt, this.#longestStepMs)
    this.#countedAt = now
    return this.#countedMs >= SILENCE_LIMIT_MS
  }

  /**
   * By the clock alone: after the computer slept, the socket looks open and its other end is long gone.
   * @param {number} now
   */
  hasSlept(now) {
    return now - this.#heardAt > SILENCE_LIMIT_MS
  }
}
