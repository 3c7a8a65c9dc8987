// @ts-check
import { History } from "../model/history.js"
import { widgetNames, widgetOf } from "../model/layout-edit.js"

/**
 * @typedef {import("../model/layout.js").EditedLayout} EditedLayout
 * @typedef {import("../model/layout.js").EditedWidget} EditedWidget
 * @typedef {import("../model/layout.js").Position} Position
 * @typedef {import("../model/layout.js").WidgetType} WidgetType
 *
 * @typedef {{key: string, args: Record<string, string | number>}} Sentence of the catalogue of words
 *
 * @typedef {object} Said what happened, for people who do not see it
 * @property {Sentence[]} sentences
 * @property {boolean} isRefusal
 *
 * @typedef {"select" | "edit" | "load"} Reason why everything is drawn anew
 */

/**
 * What the editor shows: a layout with its history, and which of its widgets is selected.
 *
 * It tells `draw` after every change of what is shown, `edit` when the layout itself is another one, and `say` what a
 * person who does not see it should hear.
 */
export class EditorState extends EventTarget {
  /**
   * @protected
   * @type {History<EditedLayout>}
   */
  history
  /** The key of the selected widget, empty for none. */
  selected = ""
  /** @type {Map<string, import("../model/layout-wire.js").SettingRefusal[]>} */
  problems = new Map()

  /**
   * @param {EditedLayout} layout
   * @param {WidgetType[]} types
   */
  constructor(layout, types) {
    super()
    this.history = new History(layout)
    this.types = new Map(types.map((type) => [type.id, type]))
  }

  get layout() {
    return this.history.now
  }

  get selectedWidget() {
    return widgetOf(this.layout, this.selected)
  }

  get canUndo() {
    return this.history.canUndo
  }

  get canRedo() {
    return this.history.canRedo
  }

  /** What people call each widget, by key. */
  get names() {
    return widgetNames(this.layout, this.types)
  }

  /** @param {string} key */
  nameOf(key) {
    return this.names.get(key) ?? ""
  }

  /** @param {EditedWidget} widget */
  typeOf(widget) {
    return this.types.get(widget.type)
  }

  /** @param {string} key empty = none */
  select(key) {
    if (key === this.selected) return
    this.selected = key
    this.history.seal()
    this.draw("select")
  }

  /**
   * Shows another layout, without a way back to the one before.
   * @param {EditedLayout} layout
   */
  load(layout) {
    this.history = new History(layout)
    this.selected = ""
    this.problems = new Map()
    this.draw("load")
  }

  /**
   * Shows what somebody else has made of the layout; undo leads back.
   * @param {EditedLayout} layout
   */
  replace(layout) {
    this.history.commit(layout)
    if (!this.selectedWidget) this.selected = ""
    this.draw("select")
  }

  undo() {
    if (!this.history.undo()) return this.say("editor.nothing-to-undo", {})
    this.#stepped("editor.undone")
  }

  redo() {
    if (!this.history.redo()) return this.say("editor.nothing-to-redo", {})
    this.#stepped("editor.redone")
  }

  /** @param {Map<string, import("../model/layout-wire.js").SettingRefusal[]>} problems by key */
  blame(problems) {
    this.problems = problems
    this.draw("select")
  }

  /**
   * Where a widget stands, as one says it.
   * @param {Position} position
   * @param {string} name
   * @returns {Sentence}
   */
  whereabouts({ x, y, width, height }, name) {
    if (this.layout.mode === "free") return { key: "editor.place-pixels", args: { name, x, y, width, height } }
    return { key: "editor.place-cells", args: { name, column: x + 1, row: y + 1, width, height } }
  }

  /**
   * A refusal with the names of the widgets that stand in the way.
   * @param {import("../model/layout-edit.js").Refusal} refusal
   * @returns {Sentence}
   */
  reason({ key, args = {}, others = [] }) {
    return { key, args: { ...args, others: others.map((other) => this.nameOf(other.key)).join(", ") } }
  }

  /**
   * @protected
   * @param {EditedLayout} layout
   * @param {string} tag
   */
  commit(layout, tag) {
    this.history.commit(layout, tag)
    this.draw("edit")
  }

  /**
   * @protected
   * @param {Reason} reason
   */
  draw(reason) {
    if (reason === "edit") this.dispatchEvent(new Event("edit"))
    this.dispatchEvent(new CustomEvent("draw", { detail: reason }))
  }

  /**
   * @protected
   * @param {string} key
   * @param {Record<string, string | number>} args
   */
  say(key, args) {
    this.tell([{ key, args }], false)
  }

  /**
   * @protected
   * @param {Sentence[]} sentences
   * @param {boolean} isRefusal
   */
  tell(sentences, isRefusal) {
    this.dispatchEvent(new CustomEvent("say", { detail: { sentences, isRefusal } }))
  }

  /** @param {string} said */
  #stepped(said) {
    if (!this.selectedWidget) this.selected = ""
    this.draw("edit")
    this.say(said, {})
  }
}
