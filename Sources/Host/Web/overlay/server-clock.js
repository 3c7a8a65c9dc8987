// @ts-check

const WINDOW_MS = 60_000

/**
 * The server's time, learned from the moments that its messages carry: this computer's own clock may be hours off.
 *
 * A message that was held up makes the server look late, so the quickest one of the last two minutes counts.
 */
export class ServerClock {
  #local
  #windowStart = -Infinity
  #offset = -Infinity
  #offsetBefore = -Infinity

  /** @param {() => number} local not the wall clock: setting that right would move the server's time too */
  constructor(local = () => performance.now()) {
    this.#local = local
  }

  /** @param {string | undefined} timestamp of a message that has just come */
  heard(timestamp) {
    const moment = Date.parse(timestamp ?? "")
    if (Number.isNaN(moment)) return
    const local = this.#local()
    // For ever would be too long: two clocks drift apart by seconds a day.
    if (local - this.#windowStart >= WINDOW_MS) {
      this.#offsetBefore = this.#offset
      this.#offset = -Infinity
      this.#windowStart = local
    }
    this.#offset = Math.max(this.#offset, moment - local)
  }

  /** Milliseconds since 1970; before the first message by this computer's clock. */
  now() {
    const offset = Math.max(this.#offset, this.#offsetBefore)
    return isFinite(offset) ? this.#local() + offset : Date.now()
  }
}
