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
 * @property {import("./motion.js").Motion} motion
 */

/** All widgets of the page, kept equal to what the server last said. */
export class Stage {
  // overlay:update needs no entry: the snapshot that follows it says everything.
  /** @type {Map<string, (stage: Stage, payload: any, now: number) => void>} */
  static #messages = new Map([
    ["overlay:snapshot", (stage, payload, now) => stage.#snapshot(payload, now)],
    ["overlay:patch", (stage, payload, now) => stage.#patch(payload, now)],
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
  apply({ type, payload, timestamp }) {
    Stage.#messages.get(type)?.(this, payload, Date.parse(timestamp ?? ""))
  }

  /**
   * All alerts that are on screen.
   * @returns {Generator<import("./alert-reports.js").ShownAlert>}
   */
  *alerts() {
    for (const [widgetId, slot] of this.#slots) {
      for (const seq of slot.alerts()) yield { widgetId, seq }
    }
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

  /**
   * After every subscribe, and in the middle of a connection when the layout has changed. Widgets that stay keep their
   * nodes: what has not changed must not blink.
   * @param {{epoch: string | number, seq: number, layout: LayoutShape, theme: any, widgets: any[]}} snapshot
   * @param {number} now
   */
  #snapshot({ epoch, seq, layout, theme, widgets }, now) {
    this.#owner.theme.apply(theme)
    this.#keepOnly(new Set(widgets.map((widget) => widget.widgetId)))
    // By rank, since equal ones would stand in the order of their nodes, which says when a widget came and no more.
    const stacked = [...widgets].sort((a, b) => Number(a.zIndex ?? 0) - Number(b.zIndex ?? 0))
    stacked.forEach((widget, rank) => this.#set(widget, rank, layout ?? {}, now))
    // Not the maximum: after a restored backup the host counts from an earlier number.
    this.#epoch = epoch
    this.#seq = seq
  }

  /**
   * @param {any} widget
   * @param {number} rank
   * @param {LayoutShape} layout
   * @param {number} now
   */
  #set({ widgetId, type, position, css, rev, view }, rank, layout, now) {
    const slot = this.#slots.get(widgetId) ?? new Slot(widgetId, this.#element, this.#owner.motion)
    this.#slots.set(widgetId, slot)
    slot.dress(String(type), String(css ?? ""))
    slot.place(this.#owner.single ? null : placeOnCanvas(position, layout), rank)
    slot.asked = false
    const right = Array.isArray(view) ? slot.show(view, rev, { settled: true, now }) : slot.rev === rev
    if (!right) this.#resync(widgetId, slot)
  }

  /**
   * @param {{seq: number, widgetId: string, rev: number, ops: any[], view?: any[]}} patch
   * @param {number} now
   */
  #patch({ seq, widgetId, rev, ops, view }, now) {
    this.#seq = Math.max(this.#seq, seq ?? 0)
    // A widget that is not here yet comes with the snapshot of the changed layout.
    const slot = this.#slots.get(widgetId)
    if (!slot) return

    const right = Array.isArray(view) ? slot.show(view, rev, { settled: false, now }) : slot.patch(ops, rev)
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
