// @ts-check
import {
  addWidget,
  changeGrid,
  changeMode,
  changeWidget,
  duplicateWidget,
  placeWidget,
  removeWidget,
  restackWidget,
  restoreWidget,
  widgetOf,
} from "../model/layout-edit.js"
import { canvasSize, moved, resized, smallestSize, stacked } from "../model/layout.js"
import { EditorState } from "./state.js"

/**
 * @typedef {import("../model/layout.js").EditedLayout} EditedLayout
 * @typedef {import("../model/layout.js").EditedWidget} EditedWidget
 * @typedef {import("../model/layout.js").Position} Position
 * @typedef {import("../model/layout-edit.js").Done | import("../model/layout-edit.js").Refused} Result
 */

/** Every change that one can make in the editor, without a page: made, refused, and said. */
export class EditorStore extends EditorState {
  /**
   * Makes the name of a new widget; tests give their own.
   * @type {() => string}
   */
  newKey = () => crypto.randomUUID()
  /** @type {{before: EditedLayout, after: EditedLayout} | null} */
  #gridTried = null

  /**
   * @param {string} type
   * @param {{x: number, y: number}} [at]
   */
  add(type, at) {
    const known = this.types.get(type)
    if (!known) return false
    return this.#apply(addWidget(this.layout, known, this.newKey(), at), { said: "editor.added", selects: true })
  }

  /** @param {string} key */
  duplicate(key) {
    const result = duplicateWidget(this.layout, key, this.newKey())
    return this.#apply(result, { said: "editor.duplicated", selects: true })
  }

  /**
   * Removes a widget; what brings it back, and what it was called, `null` when there was none.
   * @param {string} key
   */
  remove(key) {
    const widget = widgetOf(this.layout, key)
    const name = this.nameOf(key)
    const result = removeWidget(this.layout, key)
    if (!widget || !result.layout) return null
    this.selected = result.key
    this.commit(result.layout, "")
    this.say("editor.removed", { name })
    const after = this.layout
    const undo = () => {
      // Whatever has been changed since then stays changed.
      if (this.layout === after) this.undo()
      else this.#apply(restoreWidget(this.layout, widget), { selects: true })
    }
    return { name, undo }
  }

  /**
   * @param {string} key
   * @param {Position} position
   * @param {string} [tag] changes of the same tag in a row are one step of undo
   */
  place(key, position, tag = "") {
    // A handle that is drawn out and back again has changed nothing.
    const widget = widgetOf(this.layout, key)
    if (widget && isEqual(widget.position, position)) return true
    return this.#apply(placeWidget(this.layout, key, position), { tag })
  }

  /**
   * @param {string} key
   * @param {{x: number, y: number}} by
   */
  move(key, by) {
    const widget = widgetOf(this.layout, key)
    return widget !== undefined && this.#nudge(widget, moved(widget.position, by, canvasSize(this.layout)))
  }

  /**
   * @param {string} key
   * @param {{x: number, y: number}} by
   */
  resize(key, by) {
    const widget = widgetOf(this.layout, key)
    return widget !== undefined && this.#nudge(widget, this.resizedPlace(widget, "se", by))
  }

  /**
   * Where a widget would stand when a handle is drawn so far.
   * @param {EditedWidget} widget
   * @param {import("../model/layout.js").Handle} handle
   * @param {{x: number, y: number}} by
   */
  resizedPlace(widget, handle, by) {
    const smallest = smallestSize(this.layout, this.typeOf(widget))
    return resized(widget.position, handle, by, canvasSize(this.layout), smallest)
  }

  /**
   * @param {string} key
   * @param {"forward" | "backward" | "front" | "back" | number} to
   */
  restack(key, to) {
    const result = restackWidget(this.layout, key, to)
    if (!result.layout) return
    if (order(result.layout).join() !== order(this.layout).join()) this.commit(result.layout, "")
    const layer = order(this.layout).indexOf(key) + 1
    this.say("editor.restacked", { name: this.nameOf(key), layer, total: this.layout.widgets.length })
  }

  /**
   * @param {string} key
   * @param {boolean} visible
   */
  setVisible(key, visible) {
    this.#change(key, { visible }, "", visible ? "editor.shown" : "editor.hidden")
  }

  /**
   * @param {string} key
   * @param {boolean} locked
   */
  setLocked(key, locked) {
    this.#change(key, { locked }, "", locked ? "editor.locked-now" : "editor.unlocked-now")
  }

  /**
   * @param {string} key
   * @param {Record<string, unknown>} config
   * @param {string} name of the setting
   */
  configure(key, config, name) {
    this.#change(key, { config }, `config ${key} ${name}`, "")
  }

  /** @param {string} key */
  reset(key) {
    const widget = widgetOf(this.layout, key)
    const type = widget && this.typeOf(widget)
    if (type) this.#change(key, { config: type.defaults }, "", "editor.reset-done")
  }

  /** @param {Partial<import("../model/layout.js").Grid>} change */
  setGrid(change) {
    // From 12 to 13 to 12 must lead back: a grid that is tried out is converted from where it began.
    const before = this.layout === this.#gridTried?.after ? this.#gridTried.before : this.layout
    const grid = { ...this.layout.grid, ...change }
    const result = changeGrid(before, grid)
    const isDone = this.#apply(result, { tag: "grid", said: "editor.grid-set" })
    if (result.layout) this.#gridTried = { before, after: this.layout }
    return isDone
  }

  /** @param {"grid" | "free"} mode */
  setMode(mode) {
    return this.#apply(changeMode(this.layout, mode), {
      said: mode === "grid" ? "editor.counts-cells" : "editor.counts-pixels",
    })
  }

  /** @param {string} themeId */
  setTheme(themeId) {
    this.commit({ ...this.layout, themeId }, "")
  }

  /**
   * @param {EditedWidget} widget
   * @param {Position} position
   */
  #nudge(widget, position) {
    if (!isEqual(widget.position, position)) return this.place(widget.key, position, `place ${widget.key}`)
    const key = widget.locked ? "editor.is-locked" : "editor.at-the-edge"
    this.tell([{ key, args: { name: this.nameOf(widget.key) } }], true)
    return false
  }

  /**
   * @param {Result} result
   * @param {{tag?: string, said?: string, selects?: boolean}} how
   */
  #apply(result, { tag = "", said = "", selects = false }) {
    if (!result.layout) {
      this.tell([this.reason(result.refusal)], true)
      return false
    }
    if (selects) this.selected = result.key
    this.commit(result.layout, tag)
    const sentences = said ? [{ key: said, args: {} }] : []
    const widget = widgetOf(this.layout, result.key)
    const { others = [] } = result
    if (widget) {
      const name = this.nameOf(widget.key)
      sentences.push(this.whereabouts(widget.position, name))
      if (others.length > 0) sentences.push(this.reason({ key: "editor.lies-over", args: { name }, others }))
    }
    this.tell(sentences, others.length > 0)
    return true
  }

  /**
   * @param {string} key
   * @param {Partial<Pick<EditedWidget, "config" | "visible" | "locked">>} change
   * @param {string} tag
   * @param {string} said
   */
  #change(key, change, tag, said) {
    const result = changeWidget(this.layout, key, change)
    if (!result.layout) return
    this.problems.delete(key)
    this.commit(result.layout, tag)
    if (said) this.say(said, { name: this.nameOf(key) })
  }
}

/**
 * @param {Position} a
 * @param {Position} b
 */
function isEqual(a, b) {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

/** @param {EditedLayout} layout */
function order(layout) {
  return stacked(layout.widgets).map(({ key }) => key)
}
