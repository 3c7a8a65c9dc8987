// @ts-check

const MOST_REMEMBERED = 256
// A long outage: the newest are the ones that can still be on a screen.
const MOST_UNSENT = 64

/**
 * @typedef {{widgetId: string, seq: number}} ShownAlert
 * @typedef {ShownAlert & {state: "shown" | "finished"}} AlertReport
 */

/**
 * Tells the host which alerts were seen on this page: `shown` once painted, `finished` once gone, each one time.
 *
 * An alert that came and went while the page was hidden was not seen, and nothing is said about it.
 */
export class AlertReports {
  #send
  #nextFrame
  /** @type {Map<string, ShownAlert>} what the page now has */
  #present = new Map()
  /** @type {Map<string, ShownAlert>} came since the last frame, which may not have painted them */
  #entered = new Map()
  /** @type {Map<string, ShownAlert>} were there when a frame began, so the next one proves that they were painted */
  #painting = new Map()
  #awaitsFrame = false
  /** @type {Map<string, "shown" | "finished">} oldest first */
  #reported = new Map()
  /** @type {AlertReport[]} */
  #unsent = []

  /**
   * @param {(report: AlertReport) => boolean} send false = there is no link now
   * @param {(run: () => void) => void} nextFrame a hidden page has none until it is seen again
   */
  constructor(send, nextFrame) {
    this.#send = send
    this.#nextFrame = nextFrame
  }

  /** @param {Iterable<ShownAlert>} alerts all that the page now has */
  look(alerts) {
    const present = new Map()
    for (const alert of alerts) present.set(`${alert.widgetId} ${alert.seq}`, alert)
    for (const [key, alert] of this.#present) {
      if (!present.has(key)) this.#gone(key, alert)
    }
    for (const [key, alert] of present) {
      if (!this.#present.has(key) && !this.#reported.has(key)) this.#entered.set(key, alert)
    }
    this.#present = present
    this.#awaitFrame()
  }

  /** Sends what there was no link for. */
  flush() {
    for (const report of this.#unsent.splice(0)) this.#report(report)
  }

  #awaitFrame() {
    if (this.#awaitsFrame || this.#entered.size + this.#painting.size === 0) return
    this.#awaitsFrame = true
    this.#nextFrame(() => this.#frame())
  }

  #frame() {
    this.#awaitsFrame = false
    for (const [key, alert] of this.#painting) {
      this.#remember(key, "shown")
      this.#report({ ...alert, state: "shown" })
    }
    this.#painting = this.#entered
    this.#entered = new Map()
    this.#awaitFrame()
  }

  /**
   * @param {string} key
   * @param {ShownAlert} alert
   */
  #gone(key, alert) {
    this.#entered.delete(key)
    this.#painting.delete(key)
    if (this.#reported.get(key) !== "shown") return
    this.#remember(key, "finished")
    this.#report({ ...alert, state: "finished" })
  }

  /**
   * @param {string} key
   * @param {"shown" | "finished"} state
   */
  #remember(key, state) {
    this.#reported.set(key, state)
    if (this.#reported.size <= MOST_REMEMBERED) return
    const [oldest] = this.#reported.keys()
    this.#reported.delete(oldest)
  }

  /** @param {AlertReport} report */
  #report(report) {
    if (this.#send(report)) return
    this.#unsent.push(report)
    if (this.#unsent.length > MOST_UNSENT) this.#unsent.shift()
  }
}
