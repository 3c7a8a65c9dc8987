// @ts-check

const MOST_WAITING = 2000

/**
 * @typedef {object} FrameClock what a test replaces
 * @property {() => boolean} hidden
 * @property {(run: () => void) => number} request
 * @property {(frame: number) => void} cancel
 */

/**
 * Collects what arrives within one frame: layout and paint cost per frame, not per message.
 *
 * A hidden page gets no frames but goes on receiving, so there everything is applied at once.
 * @template Item
 */
export class FrameQueue {
  #apply
  #clock
  /** @type {Item[]} */
  #waiting = []
  /** @type {number | null} */
  #frame = null

  /**
   * @param {(items: Item[], painted: boolean) => void} apply painted = a frame is about to show it
   * @param {FrameClock} clock
   */
  constructor(apply, clock) {
    this.#apply = apply
    this.#clock = clock
  }

  /** @param {Item} item */
  push(item) {
    this.#waiting.push(item)
    if (this.#clock.hidden() || this.#waiting.length >= MOST_WAITING) return this.flush()
    this.#frame ??= this.#clock.request(() => this.#run(true))
  }

  flush() {
    this.#run(false)
  }

  /** @param {boolean} painted */
  #run(painted) {
    if (this.#frame !== null) this.#clock.cancel(this.#frame)
    this.#frame = null
    if (this.#waiting.length > 0) this.#apply(this.#waiting.splice(0), painted)
  }
}

/** @returns {FrameClock} */
export function browserFrames() {
  return {
    hidden: () => document.hidden,
    request: (run) => requestAnimationFrame(run),
    cancel: (frame) => cancelAnimationFrame(frame),
  }
}
