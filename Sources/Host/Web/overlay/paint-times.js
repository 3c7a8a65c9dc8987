// @ts-check

const MOST_SAMPLES = 512

/** How long messages take from their arrival to the frame that shows them, in milliseconds. */
export class PaintTimes {
  /** @type {number[]} */
  #samples = []
  #next = 0
  /** @type {number[]} arrival times of what the coming frame shows */
  #arrivals = []
  #afterFrame = new MessageChannel()

  constructor() {
    // The first task after an animation frame runs when its style, layout and paint are done.
    this.#afterFrame.port1.onmessage = () => {
      const now = performance.now()
      for (const arrival of this.#arrivals.splice(0)) this.#add(now - arrival)
    }
  }

  /**
   * Called inside the animation frame that changes the page.
   * @param {number[]} arrivals
   */
  measure(arrivals) {
    this.#arrivals.push(...arrivals)
    this.#afterFrame.port2.postMessage(null)
  }

  /** Since the last call, or null when nothing was painted. */
  take() {
    const sorted = this.#samples.sort((a, b) => a - b)
    this.#samples = []
    this.#next = 0
    return summary(sorted)
  }

  /** @param {number} milliseconds */
  #add(milliseconds) {
    // A ring: of a busy time the newest samples are the telling ones.
    this.#samples[this.#next] = milliseconds
    this.#next = (this.#next + 1) % MOST_SAMPLES
  }
}

/** @param {number[]} sorted */
function summary(sorted) {
  if (sorted.length === 0) return null
  const at = (/** @type {number} */ share) => round(sorted[Math.ceil(share * sorted.length) - 1])
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}

/** @param {number} milliseconds */
function round(milliseconds) {
  return Math.round(milliseconds * 10) / 10
}
