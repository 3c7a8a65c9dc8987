// @ts-check
import { catchUp } from "./catch-up.js"
import { finishEntrances } from "./entrances.js"
import { PageFonts } from "./page-fonts.js"
import { View } from "./view.js"

/**
 * @typedef {import("./branch.js").VNode} VNode
 * @typedef {import("./motion.js").Motion} Motion
 * @typedef {import("./placement.js").Box} Box
 */

const BASE_CSS = ":host{display:block;height:100%}*{box-sizing:border-box}"

/**
 * One widget's place on the stage.
 *
 * The box that confines it is the light-DOM wrapper: a widget's own style sheet reaches its host element, not that.
 */
export class Slot {
  #wrapper = document.createElement("div")
  #motion
  #root
  #view
  #sheet = new CSSStyleSheet()
  #fonts = new PageFonts()
  /** @type {string | null} */
  #css = null
  #rev = -1
  #broken = true
  /** Whether the whole picture has been asked for since the last one that worked. */
  asked = false

  /**
   * @param {string} widgetId
   * @param {HTMLElement} stage
   * @param {Motion} motion
   */
  constructor(widgetId, stage, motion) {
    this.#motion = motion
    const host = document.createElement("div")
    this.#root = host.attachShadow({ mode: "open" })
    this.#root.adoptedStyleSheets = [this.#sheet, motion.sheet]
    this.#view = new View(this.#root)
    this.#wrapper.className = "slot"
    this.#wrapper.dataset.widgetId = widgetId
    this.#wrapper.append(host)
    stage.append(this.#wrapper)
  }

  /** The revision on screen, or null when the picture is not to be trusted. */
  get rev() {
    return this.#broken ? null : this.#rev
  }

  /**
   * @param {string} type
   * @param {string} css
   */
  dress(type, css) {
    this.#wrapper.dataset.type = type
    if (css === this.#css) return
    this.#css = css
    this.#sheet.replaceSync(BASE_CSS + css)
    this.#fonts.take(this.#sheet)
    this.#motion.adapt(this.#sheet)
  }

  /**
   * @param {Box | null} box null = the whole stage
   * @param {number} rank 0 = behind all others
   */
  place(box, rank) {
    const { style } = this.#wrapper
    style.setProperty("left", box ? `${box.x}px` : "0")
    style.setProperty("top", box ? `${box.y}px` : "0")
    style.setProperty("width", box ? `${box.width}px` : "100%")
    style.setProperty("height", box ? `${box.height}px` : "100%")
    style.setProperty("z-index", String(rank))
  }

  /**
   * @param {VNode[]} vnodes
   * @param {number} rev
   * @param {{settled: boolean, now: number}} options settled = this was on screen before, so nothing in it enters now;
   *   now = when the server sent it
   * @returns {boolean} false: it could not be built, the old picture stays
   */
  show(vnodes, rev, { settled, now }) {
    return this.#attempt(() => {
      const repaired = this.#broken
      this.#view.show(vnodes)
      if (settled || repaired) this.settle()
      catchUp(this.#root, now)
      this.#rev = rev
      this.#broken = this.asked = false
    })
  }

  /**
   * @param {any[]} ops
   * @param {number} rev
   * @returns {boolean} false: the picture is broken and waits for a whole one
   */
  patch(ops, rev) {
    if (this.#broken || rev !== this.#rev + 1) {
      this.#broken = true
      return false
    }
    return this.#attempt(() => {
      this.#view.apply(ops)
      this.#rev = rev
    })
  }

  settle() {
    finishEntrances(this.#root)
  }

  /** Places in the log of the alerts that are in the picture. */
  alerts() {
    return this.#view.alerts()
  }

  remove() {
    this.#view.show([])
    this.#fonts.remove()
    this.#wrapper.remove()
  }

  /** @param {() => void} change */
  #attempt(change) {
    try {
      change()
      return true
    } catch (error) {
      // Every failure, expected or not, stays inside this slot: its neighbours know nothing of it.
      console.warn(`widget ${this.#wrapper.dataset.widgetId}:`, error)
      this.#broken = true
      return false
    }
  }
}
