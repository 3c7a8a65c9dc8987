// @ts-check

/**
 * An emote's name says more than the browser's mark for a broken picture: the words that stand where a picture would.
 *
 * The picture itself stays the node of the view and goes on taking its attributes: a new source is tried at once.
 */
export class PictureWords {
  #image
  #words = document.createElement("span")
  #failed = false

  /** @param {HTMLImageElement} image */
  constructor(image) {
    this.#image = image
    this.#words.className = "missing-picture"
    image.addEventListener("error", () => this.#show(true))
    image.addEventListener("load", () => this.#show(false))
  }

  /** The one of the two that stands in the document. */
  get placed() {
    return this.#failed ? this.#words : this.#image
  }

  /** The attributes have changed. */
  update() {
    this.#words.textContent = this.#image.alt
    // Without an address the browser tries nothing, and so nothing fails that it would report.
    if (!this.#image.hasAttribute("src")) this.#show(true)
  }

  /** @param {boolean} failed */
  #show(failed) {
    const before = this.placed
    this.#failed = failed
    if (before !== this.placed) before.replaceWith(this.placed)
  }
}
