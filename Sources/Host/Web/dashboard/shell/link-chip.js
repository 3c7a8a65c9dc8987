// @ts-check
import { list } from "../model/api.js"
import { t } from "../model/words.js"

/** @typedef {"connecting" | "live" | "reconnecting" | "refused" | "offline"} LinkState */

const TONES = { connecting: "", live: "", reconnecting: "warn", refused: "bad", offline: "warn" }
const SECOND_MS = 1_000
const ADDRESSES = "/dashboard/settings#overlay"

/** The chip in the bar: whether an overlay is open, or why that is not known. */
export class LinkChip {
  #chip = document.getElementById("link-chip")
  #text = document.getElementById("link-text")
  /** @type {LinkState} */
  #state = "connecting"
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #countdown

  /**
   * @param {LinkState} state of this page's own connection
   * @param {number} [delayMs] until it is tried again
   */
  show(state, delayMs = 0) {
    this.#state = state
    clearInterval(this.#countdown)
    this.#chip?.setAttribute("href", state === "refused" ? location.pathname : ADDRESSES)
    if (state === "live") return this.lookAgain()
    if (state === "reconnecting") return this.#count(Math.ceil(delayMs / SECOND_MS))
    this.#say(t(`shell.${state}`), TONES[state], state)
  }

  /** An overlay has come or gone. */
  async lookAgain() {
    try {
      const { data, meta } = await list("/api/overlays?perPage=1")
      const count = meta?.total ?? data.length
      if (this.#state !== "live") return
      this.#say(count > 0 ? t("shell.overlay-open") : t("shell.no-overlay"), count > 0 ? "ok" : "", "live")
    } catch {
      // The connection itself stands, and what it cannot tell is not claimed.
      if (this.#state === "live") this.#say(t("shell.live"), "", "live")
    }
  }

  /** @param {number} seconds until the next try */
  #count(seconds) {
    const say = () => {
      const text = seconds > 0 ? t("shell.reconnecting-in", { count: seconds }) : t("shell.reconnecting")
      this.#say(text, TONES.reconnecting, "reconnecting")
    }
    say()
    this.#countdown = setInterval(() => {
      seconds -= 1
      say()
      if (seconds <= 0) clearInterval(this.#countdown)
    }, SECOND_MS)
  }

  /**
   * @param {string} text
   * @param {string} tone
   * @param {LinkState} state
   */
  #say(text, tone, state) {
    if (!this.#chip || !this.#text) return
    this.#text.textContent = text
    this.#chip.className = `badge chip ${tone}`
    this.#chip.dataset.link = state
  }
}
