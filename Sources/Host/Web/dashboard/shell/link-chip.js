// @ts-check
import { list } from "../model/api.js"
import { t } from "../model/words.js"

/** @typedef {"connecting" | "live" | "reconnecting" | "refused" | "offline"} LinkState */

const TONES = { connecting: "", live: "", reconnecting: "warn", refused: "bad", offline: "warn" }

/** The chip in the bar: whether an overlay is open, or why that is not known. */
export class LinkChip {
  #chip = document.getElementById("link-chip")
  #text = document.getElementById("link-text")
  /** @type {LinkState} */
  #state = "connecting"

  /** @param {LinkState} state of this page's own connection */
  show(state) {
    this.#state = state
    if (state === "live") return this.lookAgain()
    this.#say(t(`shell.${state}`), TONES[state], state)
    if (state === "refused") this.#chip?.setAttribute("href", "/auth/login")
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
