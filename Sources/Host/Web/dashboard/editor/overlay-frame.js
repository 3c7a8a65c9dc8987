// @ts-check
import { CANVAS_HEIGHT, CANVAS_WIDTH } from "../../overlay/placement.js"
import { h } from "../elements/dom.js"
import { t } from "../model/words.js"

/** What a preview shows first, so that nobody looks at empty widgets, and who writes in its chat. */
const FIRST_LINES = 3
const WRITERS = ["Aurora99", "nightowl_tv", "Mika", "pixel_fox", "Juno"]
/** What follows, one after the other, where a preview goes on. */
const ROUND = ["event:subscribe", "event:tip", "event:raid", "event:follow"]
const ROUND_MS = 10_000

/**
 * The address of an overlay page that tries something out, with nothing of it on air; empty without a channel.
 * @param {Record<string, string>} what `layout`, or `type` and `config`
 */
export function previewAddress(what) {
  const { overlay } = document.body.dataset
  if (!overlay) return ""
  // The page's own host: PUBLIC_URL may be another name of it.
  const address = new URL(new URL(overlay).pathname, location.href)
  address.search = new URLSearchParams({ view: "preview", ...what }).toString()
  return address.href
}

/**
 * The overlay itself in a frame, at the size of the canvas: the draft, in instances of its own, never on air.
 *
 * It follows what is saved by itself. Without `source` it stays empty. `greeted` says that the samples are on their
 * way, `gone` that it has left the page.
 */
export class OverlayFrame extends HTMLElement {
  #frame = h("iframe", { class: "overlay-frame", tabindex: "-1", "aria-hidden": "true" })
  /** @type {MutationObserver | undefined} */
  #watch
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #round
  #isGoingOn = false
  /** The type of the first sample beside the chat. */
  firstEvent = "event:follow"
  #lines = 0
  #alerts = 0

  connectedCallback() {
    if (this.#frame.isConnected) return
    this.resize(CANVAS_WIDTH, CANVAS_HEIGHT)
    this.#frame.addEventListener("load", () => this.#loaded())
    this.append(this.#frame)
  }

  disconnectedCallback() {
    this.#watch?.disconnect()
    clearInterval(this.#round)
    this.dispatchEvent(new Event("gone"))
  }

  /** @param {boolean} isGoingOn whether samples go on to come, as on a stream */
  set goesOn(isGoingOn) {
    this.#isGoingOn = isGoingOn
    this.#wait()
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

  /**
   * @param {number} width in pixels of the overlay
   * @param {number} height
   */
  resize(width, height) {
    this.#frame.setAttribute("width", String(width))
    this.#frame.setAttribute("height", String(height))
  }

  /** Begins anew, with widgets that have seen nothing. */
  reload() {
    this.#frame.contentWindow?.location.reload()
  }

  /**
   * Tells the page in the frame something: `preview:event {type, payload?}`.
   * @param {string} type
   * @param {object} payload
   */
  send(type, payload) {
    this.#frame.contentWindow?.postMessage({ type, payload }, location.origin)
    // Who tries something out sees that, and no sample over it.
    this.#wait()
  }

  /** Keeps the picture as it is; the widgets behind it end. */
  freeze() {
    this.#frame.contentWindow?.postMessage({ type: "preview:freeze" }, location.origin)
  }

  #wait() {
    clearInterval(this.#round)
    if (this.#isGoingOn) this.#round = setInterval(() => this.#goOn(), ROUND_MS)
  }

  #goOn() {
    if (document.hidden || !this.isActive || !this.checkVisibility()) return
    this.#chat()
    this.send("preview:event", { type: ROUND[this.#alerts++ % ROUND.length] })
  }

  #chat() {
    const number = this.#lines++ % WRITERS.length
    const name = WRITERS[number]
    const user = { id: `sample-${number}`, login: name.toLowerCase(), displayName: name }
    this.send("preview:event", { type: "chat:message", payload: { user, text: t(`editor.sample-${number + 1}`) } })
  }

  #loaded() {
    this.#watch?.disconnect()
    const body = this.#frame.contentDocument?.body
    if (!body || !this.isActive) return
    const greet = () => {
      if (body.dataset.link !== "up") return
      this.#watch?.disconnect()
      this.#lines = 0
      for (let line = 0; line < FIRST_LINES; line++) this.#chat()
      this.send("preview:event", { type: this.firstEvent })
      this.dispatchEvent(new Event("greeted"))
    }
    this.#watch = new MutationObserver(greet)
    this.#watch.observe(body, { attributes: true, attributeFilter: ["data-link"] })
    greet()
  }
}

customElements.define("ui-overlay-frame", OverlayFrame)
