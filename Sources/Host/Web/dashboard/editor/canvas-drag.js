// @ts-check
import { CANVAS_HEIGHT, CANVAS_WIDTH } from "../../overlay/placement.js"
import { widgetOf } from "../model/layout-edit.js"
import { canvasSize, collisions, moved, onCanvas, usualSize, within } from "../model/layout.js"
import { t } from "../model/words.js"

/**
 * @typedef {import("../model/layout.js").EditedWidget} EditedWidget
 * @typedef {import("../model/layout.js").Handle} Handle
 * @typedef {import("../model/layout.js").Position} Position
 * @typedef {import("./store.js").EditorStore} EditorStore
 * @typedef {(to: Position | null, sentence: string, isBad: boolean) => void} ShowDrop
 *
 * @typedef {object} Hold what the pointer has taken hold of
 * @property {string} key
 * @property {Handle | null} handle
 * @property {HTMLElement} box
 * @property {number} startX
 * @property {number} startY
 * @property {Position} to
 * @property {boolean} isMoving
 */

// A hand is never quite still when it clicks.
const THRESHOLD = 4

/** Moves, resizes and drops widgets with a pointer; nothing is changed before it is let go. */
export class CanvasDrag {
  /** @type {Hold | null} */
  #hold = null
  /** @type {AbortController | null} */
  #adding = null

  /**
   * @param {HTMLElement} canvas
   * @param {EditorStore} store
   * @param {ShowDrop} showDrop
   */
  constructor(canvas, store, showDrop) {
    this.canvas = canvas
    this.store = store
    this.showDrop = showDrop
    canvas.addEventListener("pointerdown", (event) => this.#take(event))
    canvas.addEventListener("pointermove", (event) => this.#move(event))
    canvas.addEventListener("pointerup", () => this.#release(true))
    canvas.addEventListener("pointercancel", () => this.#release(false))
  }

  get isActive() {
    return this.#hold?.isMoving === true || this.#adding !== null
  }

  /** Lets everything go where it was; `true` when there was something. */
  cancel() {
    const wasActive = this.isActive
    this.#release(false)
    this.#adding?.abort()
    this.#adding = null
    this.showDrop(null, "", false)
    return wasActive
  }

  /**
   * Carries a new widget from the picker to where it is let go; beside the canvas nothing is added.
   * @param {string} type
   * @param {(isAdded: boolean) => void} done
   */
  carry(type, done) {
    const known = this.store.types.get(type)
    if (!known) return
    this.cancel()
    const adding = new AbortController()
    this.#adding = adding
    const { signal } = adding
    const placeAt = (/** @type {PointerEvent} */ event) => {
      const { layout } = this.store
      const area = this.canvas.getBoundingClientRect()
      const inside = event.clientX >= area.left && event.clientX <= area.right && event.clientY >= area.top &&
        event.clientY <= area.bottom
      if (!inside) return null
      const size = usualSize(layout, known)
      const unit = this.#unit(area)
      const x = (event.clientX - area.left) / unit.x - size.width / 2
      const y = (event.clientY - area.top) / unit.y - size.height / 2
      return within({ x, y, ...size }, canvasSize(layout))
    }
    addEventListener("pointermove", (event) => this.#show(placeAt(event), ""), { signal })
    addEventListener("pointerup", (event) => {
      const to = placeAt(event)
      this.cancel()
      done(to !== null && this.store.add(type, to))
    }, { signal })
    addEventListener("pointercancel", () => this.cancel(), { signal })
  }

  /** @param {PointerEvent} event */
  #take(event) {
    const target = /** @type {HTMLElement} */ (event.target)
    // What says why a widget does not run lies over its box, not in it.
    if (target.closest(".box-trouble")) return
    const box = /** @type {HTMLElement | null} */ (target.closest(".box"))
    if (!box) {
      if (event.button === 0) this.store.select("")
      return
    }
    const key = box.dataset.key ?? ""
    this.store.select(key)
    box.focus({ preventScroll: true })
    const widget = widgetOf(this.store.layout, key)
    if (event.button !== 0 || !widget || widget.locked) return
    // Pictures and text under the pointer are not what is dragged.
    event.preventDefault()
    this.canvas.setPointerCapture(event.pointerId)
    const handle = /** @type {Handle | undefined} */ (target.dataset.handle) ?? null
    const { clientX: startX, clientY: startY } = event
    this.#hold = { key, handle, box, startX, startY, to: widget.position, isMoving: false }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const hold = this.#hold
    if (!hold) return
    const [dx, dy] = [event.clientX - hold.startX, event.clientY - hold.startY]
    if (!hold.isMoving && Math.hypot(dx, dy) < THRESHOLD) return
    const widget = widgetOf(this.store.layout, hold.key)
    if (!widget) return this.#release(false)
    if (!hold.isMoving) {
      hold.isMoving = true
      hold.box.classList.add("is-dragged")
    }
    const unit = this.#unit(this.canvas.getBoundingClientRect())
    const by = { x: dx / unit.x, y: dy / unit.y }
    const to = hold.handle
      ? this.store.resizedPlace(widget, hold.handle, by)
      : moved(widget.position, by, canvasSize(this.store.layout))
    if (!hold.handle) hold.box.style.setProperty("transform", `translate(${dx}px, ${dy}px)`)
    hold.to = to
    this.#show(to, hold.key)
  }

  /** @param {boolean} keeps */
  #release(keeps) {
    const hold = this.#hold
    this.#hold = null
    if (!hold) return
    hold.box.classList.remove("is-dragged")
    hold.box.style.removeProperty("transform")
    this.showDrop(null, "", false)
    if (keeps && hold.isMoving) this.store.place(hold.key, hold.to)
  }

  /**
   * @param {Position | null} to
   * @param {string} key of the widget that is moved
   */
  #show(to, key) {
    if (!to) return this.showDrop(null, "", false)
    const others = collisions(this.store.layout, to, key)
    const size = `${to.width} × ${to.height}`
    if (others.length === 0) return this.showDrop(to, size, false)
    const { layout } = this.store
    const { args } = this.store.reason({ key: "", others })
    this.showDrop(to, t("editor.overlaps", args), layout.mode === "grid")
  }

  /**
   * How many pixels of the page one cell, or one pixel of a free layout, has.
   * @param {DOMRect} area
   */
  #unit(area) {
    const { layout } = this.store
    const next = onCanvas({ x: 1, y: 1, width: 1, height: 1 }, layout)
    return { x: next.x * area.width / CANVAS_WIDTH, y: next.y * area.height / CANVAS_HEIGHT }
  }
}
