// @ts-check

// Most drops are over before anybody could read about them.
const PATIENCE_MS = 2000

/** The small "Reconnecting" mark in the corner. It is on air, so it comes late and says little. */
export class LinkMark {
  #mark = document.createElement("p")
  #parent
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.#parent = parent
    this.#mark.className = "link-mark"
    this.#mark.textContent = "Reconnecting"
  }

  down() {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.#parent.append(this.#mark), PATIENCE_MS)
  }

  /** Connected again, or refused: neither is anything to tell the viewers. */
  hide() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#mark.remove()
  }
}
