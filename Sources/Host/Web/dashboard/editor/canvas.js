// @ts-check
import { CANVAS_HEIGHT, CANVAS_WIDTH } from "../../overlay/placement.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { HANDLES, onCanvas, stacked } from "../model/layout.js"
import { t } from "../model/words.js"
import { CanvasDrag } from "./canvas-drag.js"
import { iconOf } from "./icons.js"
import { OverlayFrame } from "./overlay-frame.js"
import { troubleCard } from "./troubles.js"

/**
 * @typedef {import("../model/layout.js").EditedWidget} EditedWidget
 * @typedef {import("../model/layout.js").Position} Position
 * @typedef {import("./store.js").EditorStore} EditorStore
 */

/** Room around the canvas when it is fitted, in pixels. */
const MARGIN = 48

/**
 * The stage with the 16:9 canvas: the live overlay, the grid, and a box for every widget.
 *
 * Boxes are kept as long as their widget is there, so that the focus stays where it is.
 */
export class EditorCanvas extends HTMLElement {
  /** @type {Map<string, HTMLElement>} */
  #boxes = new Map()
  /** @type {Map<string, ReturnType<typeof troubleCard>>} */
  #cards = new Map()
  /** @type {import("./troubles.js").Troubles | null} */
  #troubles = null
  /** @type {EditorStore | null} */
  #store = null
  #zoom = /** @type {"fit" | number} */ ("fit")
  frame = new OverlayFrame()
  canvas = h("div", { class: "canvas", role: "group", tabindex: "-1" })
  #drop = h("div", { class: "drop", hidden: true }, h("span", { class: "drop-text" }))

  /**
   * @param {EditorStore} store
   * @param {import("./troubles.js").Troubles} troubles
   */
  start(store, troubles) {
    this.#store = store
    this.#troubles = troubles
    this.canvas.append(this.frame, h("div", { class: "canvas-grid", "aria-hidden": "true" }), this.#drop)
    this.append(this.canvas)
    this.drag = new CanvasDrag(this.canvas, store, (to, sentence, isBad) => this.#showDrop(to, sentence, isBad))
    new ResizeObserver(() => this.#measure()).observe(this)
    this.draw()
  }

  /** @param {"fit" | number} zoom 1 = a pixel of the overlay is one of the page */
  set zoom(zoom) {
    this.#zoom = zoom
    this.#measure()
  }

  /** How large a pixel of the overlay is now. */
  get scale() {
    return this.canvas.clientWidth / CANVAS_WIDTH
  }

  /** Draws what is different, and keeps the focus. */
  draw() {
    const store = this.#store
    if (!store) return
    const { layout, names, selected } = store
    const order = stacked(layout.widgets).map(({ key }) => key)
    this.canvas.setAttribute(
      "aria-label",
      layout.mode === "grid" ? t("editor.canvas-grid", layout.grid) : t("editor.canvas-free"),
    )
    this.#drawGrid()
    const hadFocus = this.canvas.contains(document.activeElement)
    for (const [key, box] of this.#boxes) {
      if (layout.widgets.some((widget) => widget.key === key)) continue
      box.remove()
      this.#boxes.delete(key)
      this.#cards.get(key)?.element.remove()
      this.#cards.delete(key)
    }
    for (const widget of layout.widgets) {
      const layer = order.indexOf(widget.key) + 1
      this.#drawBox(widget, names.get(widget.key) ?? "", layer, order.length, widget.key === selected)
    }
    // What had the focus may be gone: the one that took its place has it then.
    if (hadFocus && !this.canvas.contains(document.activeElement)) this.focusWidget(selected)
  }

  /** @param {string} key */
  focusWidget(key) {
    ;(this.#boxes.get(key) ?? this.canvas).focus()
  }

  /**
   * @param {EditedWidget} widget
   * @param {string} name
   * @param {number} layer
   * @param {number} total
   * @param {boolean} isSelected
   */
  #drawBox(widget, name, layer, total, isSelected) {
    const store = /** @type {EditorStore} */ (this.#store)
    let box = this.#boxes.get(widget.key)
    if (!box) {
      box = this.#makeBox(widget)
      this.#boxes.set(widget.key, box)
      this.canvas.insertBefore(box, this.#drop)
    }
    place(box, onCanvas(widget.position, store.layout))
    box.style.setProperty("--layer", String(layer))
    box.setAttribute("aria-pressed", String(isSelected))
    box.classList.toggle("is-hidden", !widget.visible)
    box.classList.toggle("is-locked", widget.locked)
    const isMissing = !store.types.has(widget.type)
    const hasTrouble = this.#drawTrouble(widget, name)
    const isBad = hasTrouble || isMissing || store.problems.has(widget.key)
    box.classList.toggle("is-bad", isBad)
    const where = store.whereabouts(widget.position, name)
    const states = [
      t(where.key, where.args),
      t("editor.layer-of", { layer, total }),
      !widget.visible && t("editor.is-hidden"),
      widget.locked && t("editor.is-locked", { name }),
      isMissing ? t("editor.missing-box") : isBad && t("editor.has-problem"),
    ]
    box.setAttribute("aria-label", states.filter(Boolean).join(" "))
    const signs = [!widget.visible && icon("eye-off"), widget.locked && icon("lock"), isBad && icon("warning")]
    box.querySelector(".box-name")?.replaceChildren(
      ...[icon(iconOf(store.types.get(widget.type))), h("span", null, name), ...signs].filter((one) => one !== false),
    )
    box.querySelector(".box-missing")?.remove()
    if (isMissing) box.append(h("span", { class: "box-missing" }, icon("warning"), t("editor.missing-box")))
  }

  /**
   * Why a widget on air does not run, over its box; whether it does not.
   * @param {EditedWidget} widget
   * @param {string} name
   */
  #drawTrouble(widget, name) {
    const troubles = this.#troubles
    let card = this.#cards.get(widget.key)
    if (!troubles?.of(widget.key)) {
      card?.element.remove()
      this.#cards.delete(widget.key)
      return false
    }
    if (!card) {
      card = troubleCard(troubles, widget.key)
      this.#cards.set(widget.key, card)
      this.canvas.append(card.element)
    }
    card.fill(name)
    const { x, y, width, height } = onCanvas(widget.position, /** @type {EditorStore} */ (this.#store).layout)
    // From the corner of the box that is nearest to a corner of the canvas, so that it never lies beside it.
    const isRight = x + width / 2 > CANVAS_WIDTH / 2
    const isLow = y + height / 2 > CANVAS_HEIGHT / 2
    const { style } = card.element
    style.setProperty("left", isRight ? "auto" : percent(x / CANVAS_WIDTH))
    style.setProperty("right", isRight ? percent(1 - (x + width) / CANVAS_WIDTH) : "auto")
    style.setProperty("top", isLow ? "auto" : percent(y / CANVAS_HEIGHT))
    style.setProperty("bottom", isLow ? percent(1 - (y + height) / CANVAS_HEIGHT) : "auto")
    style.setProperty("min-width", percent(width / CANVAS_WIDTH))
    style.setProperty("min-height", percent(height / CANVAS_HEIGHT))
    return true
  }

  /** @param {EditedWidget} widget */
  #makeBox(widget) {
    const select = () => this.#store?.select(widget.key)
    return h(
      "div",
      {
        class: "box",
        role: "button",
        tabindex: "0",
        "aria-roledescription": t("editor.widget"),
        dataset: { key: widget.key, type: widget.type },
        onfocus: select,
      },
      h("span", { class: "box-name" }),
      HANDLES.map((handle) => h("span", { class: "handle", "aria-hidden": "true", dataset: { handle } })),
    )
  }

  #drawGrid() {
    const { layout } = /** @type {EditorStore} */ (this.#store)
    const cell = onCanvas({ x: 1, y: 1, width: 1, height: 1 }, { mode: "grid", grid: layout.grid })
    this.canvas.style.setProperty("--pitch-x", percent(cell.x / CANVAS_WIDTH))
    this.canvas.style.setProperty("--pitch-y", percent(cell.y / CANVAS_HEIGHT))
    this.canvas.dataset.mode = layout.mode
    const grid = /** @type {HTMLElement} */ (this.canvas.querySelector(".canvas-grid"))
    grid.replaceChildren(
      ...lines(layout.grid.columns, cell.x / CANVAS_WIDTH, "left"),
      ...lines(layout.grid.rows, cell.y / CANVAS_HEIGHT, "top"),
    )
  }

  /**
   * @param {Position | null} to
   * @param {string} text
   * @param {boolean} isBad
   */
  #showDrop(to, text, isBad) {
    this.#drop.hidden = to === null
    if (!to) return
    place(this.#drop, onCanvas(to, /** @type {EditorStore} */ (this.#store).layout))
    this.#drop.classList.toggle("is-bad", isBad)
    const words = /** @type {HTMLElement} */ (this.#drop.firstElementChild)
    words.textContent = text
  }

  #measure() {
    const fitted = Math.min(
      this.clientWidth - MARGIN,
      (this.clientHeight - MARGIN) * CANVAS_WIDTH / CANVAS_HEIGHT,
    )
    const width = this.#zoom === "fit" ? Math.max(160, fitted) : CANVAS_WIDTH * this.#zoom
    this.canvas.style.setProperty("width", `${Math.floor(width)}px`)
    this.frame.scale = Math.floor(width) / CANVAS_WIDTH
    this.dispatchEvent(new CustomEvent("zoomed"))
  }
}

/**
 * @param {number} count
 * @param {number} pitch
 * @param {"left" | "top"} side
 */
function lines(count, pitch, side) {
  return Array.from({ length: count - 1 }, (_, index) => {
    const at = percent(pitch * (index + 1))
    return h("i", { class: side === "left" ? "column-line" : "row-line", style: { [side]: at } })
  })
}

/**
 * @param {HTMLElement} element
 * @param {Position} pixels of the canvas
 */
function place(element, { x, y, width, height }) {
  element.style.setProperty("left", percent(x / CANVAS_WIDTH))
  element.style.setProperty("top", percent(y / CANVAS_HEIGHT))
  element.style.setProperty("width", percent(width / CANVAS_WIDTH))
  element.style.setProperty("height", percent(height / CANVAS_HEIGHT))
}

/** @param {number} part */
function percent(part) {
  return `${100 * part}%`
}

customElements.define("ui-editor-canvas", EditorCanvas)
