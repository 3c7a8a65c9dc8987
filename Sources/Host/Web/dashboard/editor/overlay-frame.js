// @ts-check
import { CANVAS_HEIGHT, CANVAS_WIDTH } from "../../overlay/placement.js"
import { h } from "../elements/dom.js"

/**
 * The address of the overlay page that shows a layout's draft; empty as long as the host has none.
 * @param {string} _layoutId
 */
export function previewAddress(_layoutId) {
  return ""
}

/**
 * The overlay itself in a frame, at the size of the canvas: the draft, in instances of its own, never on air.
 *
 * Without `source` it stays empty and the boxes stand alone.
 */
export class OverlayFrame extends HTMLElement {
  #frame = h("iframe", {
    class: "overlay-frame",
    title: "",
    tabindex: "-1",
    "aria-hidden": "true",
    width: CANVAS_WIDTH,
    height: CANVAS_HEIGHT,
  })

  connectedCallback() {
    if (!this.#frame.isConnected) this.append(this.#frame)
  }

  /** @param {string} address of an overlay page of this host; empty = none */
  set source(address) {
    if (this.source === address) return
    if (address) this.#frame.setAttribute("src", address)
    else this.#frame.removeAttribute("src")
    this.toggleAttribute("active", address !== "")
  }

  get source() {
    return this.#frame.getAttribute("src") ?? ""
  }

  get isActive() {
    return this.source !== ""
  }

  /** @param {number} scale how large a pixel of the overlay is on this page */
  set scale(scale) {
    this.#frame.style.setProperty("transform", `scale(${scale})`)
  }

  /** Shows the draft as it is now. */
  reload() {
    this.send("preview:reload", {})
  }

  /**
   * Tells the page in the frame something, such as `preview:event {type,payload}`.
   * @param {string} type
   * @param {object} payload
   */
  send(type, payload) {
    this.#frame.contentWindow?.postMessage({ type, payload }, location.origin)
  }
}

customElements.define("ui-overlay-frame", OverlayFrame)
