// @ts-check

/**
 * @typedef {import("./layout.js").EditedLayout} EditedLayout
 *
 * @typedef {"saved" | "waiting" | "saving" | "retrying" | "refused" | "stale" | "signed-out"} SaveState
 *
 * @typedef {object} SaverNeeds what a saver asks of the page; tests give their own
 * @property {(layout: EditedLayout) => Promise<void>} save
 * @property {(error: any) => "retry" | "refused" | "stale" | "signed-out"} judge what an error of `save` means
 * @property {(state: SaveState, error?: any) => void} tell
 * @property {(run: () => void, ms: number) => any} [later] `setTimeout`
 * @property {(timer: any) => void} [cancel] `clearTimeout`
 */

export const SAVE_AFTER_MS = 800
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/**
 * Saves a draft by itself, 800 ms after the last change, one request at a time.
 *
 * What fails because the host is away is tried again; what the host refuses waits for the next change.
 */
export class LayoutSaver {
  /** @type {SaveState} */
  #state = "saved"
  /** @type {EditedLayout | null} */
  #waiting = null
  /** @type {Promise<void> | null} */
  #running = null
  /** @type {any} */
  #timer = null
  #retryMs = FIRST_RETRY_MS
  #paused = false

  /** @param {SaverNeeds} needs */
  constructor(needs) {
    this.needs = {
      later: (/** @type {() => void} */ run, /** @type {number} */ ms) => setTimeout(run, ms),
      cancel: (/** @type {any} */ timer) => clearTimeout(timer),
      ...needs,
    }
  }

  get state() {
    return this.#state
  }

  /** Whether something is not on the host yet. */
  get isUnsaved() {
    return this.#waiting !== null || this.#running !== null
  }

  /** @param {EditedLayout} layout */
  change(layout) {
    this.#waiting = layout
    if (this.#paused) return
    this.#tell("waiting")
    this.#schedule(SAVE_AFTER_MS)
  }

  /** Tries at once: somebody asked for it, or the network is back. */
  async flush() {
    this.needs.cancel(this.#timer)
    if (this.#paused) return
    await this.#running
    if (this.#waiting) await this.#save()
    await this.#running
  }

  /** Forgets what is not saved: somebody else's was taken. */
  async forget() {
    this.needs.cancel(this.#timer)
    this.#waiting = null
    await this.#running
    // What failed meanwhile wants to be tried again.
    this.needs.cancel(this.#timer)
    this.#waiting = null
    this.#paused = false
    this.#tell("saved")
  }

  /**
   * Goes on after a layout has been published; what was changed meanwhile is saved.
   * @param {EditedLayout} published
   */
  finish(published) {
    this.#paused = false
    if (this.#waiting && this.#waiting !== published) return this.change(this.#waiting)
    this.#waiting = null
    this.#tell("saved")
  }

  /** Saves nothing until `resume`: while a publication or a question to the streamer is open. */
  async pause() {
    this.#paused = true
    this.needs.cancel(this.#timer)
    await this.#running
    this.needs.cancel(this.#timer)
  }

  /** @param {number} [afterMs] */
  resume(afterMs = SAVE_AFTER_MS) {
    this.#paused = false
    if (this.#waiting) this.#schedule(afterMs)
  }

  /** @param {number} ms */
  #schedule(ms) {
    this.needs.cancel(this.#timer)
    this.#timer = this.needs.later(() => void this.#save(), ms)
  }

  #save() {
    // Whoever runs looks for newer changes at the end.
    if (this.#running || !this.#waiting || this.#paused) return this.#running ?? Promise.resolve()
    this.#running = this.#run(this.#waiting)
    return this.#running
  }

  /** @param {EditedLayout} layout */
  async #run(layout) {
    this.#waiting = null
    this.#tell("saving")
    try {
      await this.needs.save(layout)
      this.#running = null
      this.#retryMs = FIRST_RETRY_MS
      if (this.#waiting) this.change(this.#waiting)
      else this.#tell("saved")
    } catch (error) {
      this.#running = null
      this.#waiting ??= layout
      this.#fail(error)
    }
  }

  /** @param {any} error */
  #fail(error) {
    const verdict = this.needs.judge(error)
    if (verdict === "retry") {
      this.#tell("retrying", error)
      if (!this.#paused) this.#schedule(this.#retryMs)
      this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS)
      return
    }
    if (verdict !== "refused") this.#paused = true
    this.#tell(verdict, error)
  }

  /**
   * @param {SaveState} state
   * @param {any} [error]
   */
  #tell(state, error) {
    this.#state = state
    this.needs.tell(state, error)
  }
}
