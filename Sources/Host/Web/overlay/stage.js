// @ts-check
import { placeOnCanvas } from "./placement.js"
import { Slot } from "./slot.js"

/**
 * @typedef {import("../realtime/envelope.js").Envelope} Envelope
 * @typedef {import("./connection.js").Seen} Seen
 * @typedef {import("./placement.js").LayoutShape} LayoutShape
 *
 * @typedef {object} StageOwner
 * @property {boolean} single one widget fills the stage
 * @property {(widgetId: string) => void} resync asks for that widget's whole picture
 * @property {{apply(variables?: Record<string, string>): void}} theme
 */

/** All widgets of the page, kept equal to what the server last said. */
export class Stage {
  // overlay:update needs no entry: the snapshot that follows it says everything.
  /** @type {Map<string, (stage: Stage, payload: any) => void>} */
  static #messages = new Map([
    ["overlay:snapshot", (stage, payload) => stage.#snapshot(payload)],
    ["overlay:patch", (stage, payload) => stage.#patch(payload)],
  ])

  #element
  #owner
  /** @type {Map<string, Slot>} */
  #slots = new Map()
  /** @type {string | number | null} */
  #epoch = null
  #seq = 0

  /**
   * @param {HTMLElement} element
   * @param {StageOwner} owner
   */
  constructor(element, owner) {
    this.#element = element
    this.#owner = owner
  }

  get epoch() {
    return this.#epoch
  }

  get seq() {
    return this.#seq
  }

  /** @param {Envelope} message */
  apply({ type, payload }) {
    Stage.#messages.get(type)?.(this, payload)
  }

  /**
   * What need not be sent again.
   * @returns {Seen}
   */
  seen() {
    if (this.#epoch === null) return {}
    /** @type {Record<string, number>} */
    const revs = {}
    for (const [widgetId, { rev }] of this.#slots) {
      if (rev !== null) revs[widgetId] = rev
    }
    return { after: this.#seq, epoch: this.#epoch, revs }
  }

  /** Ends all entrances: what came while nobody could see the page does not come in now. */
  settle() {
    for (const slot of this.#slots.values()) slot.settle()
  }

  /** Takes everything off the air and forgets it. */
  clear() {
    this.#keepOnly(new Set())
    this.#epoch = null
    this.#seq = 0
  }

  /** @param {{epoch: string | number, seq: number, layout: LayoutShape, theme: any, widgets: any[]}} snapshot */
  #snapshot({ epoch, seq, layout, theme, widgets }) {
    this.#owner.theme.apply(theme)
    this.#keepOnly(new Set(widgets.map((widget) => widget.widgetId)))
    for (const widget of widgets) this.#set(widget, layout ?? {})
    // Not the maximum: after a restored backup the host counts from an earlier number.
    this.#epoch = epoch
    this.#seq = seq
  }

  /**
   * @param {any} widget
   * @param {LayoutShape} layout
   */
  #set({ widgetId, type, position, zIndex, css, rev, view }, layout) {
    const slot = this.#slots.get(widgetId) ?? new Slot(widgetId, this.#element)
    this.#slots.set(widgetId, slot)
    slot.dress(String(type), String(css ?? ""))
    slot.place(this.#owner.single ? null : placeOnCanvas(position, layout), Number(zIndex ?? 0))
    slot.asked = false
    const right = Array.isArray(view) ? slot.show(view, rev, { settled: true }) : slot.rev === rev
    if (!right) this.#resync(widgetId, slot)
  }

  /** @param {{seq: number, widgetId: string, rev: number, ops: any[], view?: any[]}} patch */
  #patch({ seq, widgetId, rev, ops, view }) {
    this.#seq = Math.max(this.#seq, seq ?? 0)
    // A widget that is not here yet comes with the snapshot of the changed layout.
    const slot = this.#slots.get(widgetId)
    if (!slot) return

    const right = Array.isArray(view) ? slot.show(view, rev, { settled: false }) : slot.patch(ops, rev)
    if (!right) this.#resync(widgetId, slot)
  }

  /**
   * Once: a picture that cannot be built would otherwise be asked for, and fail, for ever.
   * @param {string} widgetId
   * @param {Slot} slot
   */
  #resync(widgetId, slot) {
    if (slot.asked) return
    slot.asked = true
    this.#owner.resync(widgetId)
  }

  /** @param {Set<string>} widgetIds */
  #keepOnly(widgetIds) {
    for (const [widgetId, slot] of this.#slots) {
      if (widgetIds.has(widgetId)) continue
      slot.remove()
      this.#slots.delete(widgetId)
    }
  }
}
