// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { stacked, WIDGETS_LIMIT } from "../model/layout.js"
import { t } from "../model/words.js"
import { iconOf } from "./icons.js"

/**
 * @typedef {import("../model/layout.js").EditedWidget} EditedWidget
 * @typedef {import("./store.js").EditorStore} EditorStore
 *
 * @typedef {object} LayerActs what a row leads to
 * @property {(opener: HTMLElement) => void} add
 * @property {(key: string, opener: HTMLElement) => void} menu
 * @property {import("./troubles.js").Troubles} troubles
 */

/** The widgets from the front to the back: select, hide, lock, and draw a row where it belongs. */
export class EditorLayers extends HTMLElement {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map()
  #carried = ""
  #list = h("ul", { class: "layer-list" })
  #count = h("p", { class: "meta layer-count" })
  #empty = h("div", { class: "state" })

  /**
   * @param {EditorStore} store
   * @param {LayerActs} acts
   */
  start(store, acts) {
    this.store = store
    this.acts = acts
    this.add = h(
      "button",
      { class: "button small", type: "button", "aria-haspopup": "dialog", onclick: () => acts.add(this.add) },
      icon("plus"),
      t("editor.add"),
    )
    this.#empty.append(h("h3", null, t("editor.empty-title")), h("p", null, t("editor.empty")))
    this.append(
      h("div", { class: "panel-head" }, h("h2", null, t("editor.layers")), this.add),
      this.#count,
      this.#list,
      this.#empty,
    )
    this.#list.addEventListener("dragover", (event) => this.#over(event))
    this.#list.addEventListener("drop", (event) => this.#dropped(event))
    this.draw()
  }

  draw() {
    const { store } = this
    if (!store) return
    const { layout, names, selected } = store
    const front = stacked(layout.widgets).reverse()
    const count = layout.widgets.length
    this.#count.textContent = t("editor.count", { count, limit: WIDGETS_LIMIT })
    this.#count.classList.toggle("is-near", count >= WIDGETS_LIMIT - 1)
    this.#empty.hidden = count > 0
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)
    for (const [key, row] of this.#rows) {
      if (front.some((widget) => widget.key === key)) continue
      row.remove()
      this.#rows.delete(key)
    }
    for (const widget of front) {
      const row = this.#rows.get(widget.key) ?? this.#make(widget)
      this.#rows.set(widget.key, row)
      this.#fill(row, widget, names.get(widget.key) ?? "", widget.key === selected)
    }
    const wanted = front.map(({ key }) => /** @type {HTMLElement} */ (this.#rows.get(key)))
    // A row that is put where it is already would lose the focus.
    if (wanted.some((row, index) => this.#list.children[index] !== row)) {
      this.#list.replaceChildren(...wanted)
      if (focused && this.#list.contains(focused)) focused.focus()
    }
  }

  /** @param {EditedWidget} widget */
  #make({ key }) {
    const row = h(
      "li",
      { class: "layer", draggable: "true", dataset: { key } },
      h("button", { class: "layer-name", type: "button", onclick: () => this.store?.select(key) }),
      h("button", {
        class: "button ghost icon-only small layer-eye",
        type: "button",
        onclick: () => this.#toggle(key, "visible"),
      }),
      h("button", {
        class: "button ghost icon-only small layer-lock",
        type: "button",
        onclick: () => this.#toggle(key, "locked"),
      }),
      h("button", {
        class: "button ghost icon-only small layer-more",
        type: "button",
        "aria-haspopup": "menu",
        onclick: (/** @type {MouseEvent} */ event) =>
          this.acts?.menu(key, /** @type {HTMLElement} */ (event.currentTarget)),
      }, icon("more")),
    )
    row.addEventListener("dragstart", (event) => {
      this.#carried = key
      event.dataTransfer?.setData("text/plain", key)
    })
    row.addEventListener("dragend", () => {
      this.#carried = ""
      this.#mark(null)
    })
    return row
  }

  /**
   * @param {HTMLElement} row
   * @param {EditedWidget} widget
   * @param {string} name
   * @param {boolean} isSelected
   */
  #fill(row, widget, name, isSelected) {
    const [select, eye, lock, more] = /** @type {HTMLButtonElement[]} */ ([...row.children])
    const { width, height } = widget.position
    const type = this.store?.types.get(widget.type)
    const isBad = !type || this.store?.problems.has(widget.key) || this.acts?.troubles.of(widget.key) !== undefined
    select.replaceChildren(
      icon(isBad ? "warning" : iconOf(type)),
      h("span", { class: "grow" }, name),
      h("span", { class: "meta mono" }, `${width}×${height}`),
    )
    select.setAttribute("aria-pressed", String(isSelected))
    row.classList.toggle("is-selected", isSelected)
    row.classList.toggle("is-bad", Boolean(isBad))
    label(
      eye,
      widget.visible ? "eye" : "eye-off",
      t(widget.visible ? "editor.hide" : "editor.show", { name }),
      !widget.visible,
    )
    label(
      lock,
      widget.locked ? "lock" : "unlock",
      t(widget.locked ? "editor.unlock" : "editor.lock", { name }),
      widget.locked,
    )
    more.setAttribute("aria-label", t("editor.more", { name }))
  }

  /**
   * @param {string} key
   * @param {"visible" | "locked"} what
   */
  #toggle(key, what) {
    const widget = this.store?.layout.widgets.find((one) => one.key === key)
    if (!widget) return
    if (what === "visible") this.store?.setVisible(key, !widget.visible)
    else this.store?.setLocked(key, !widget.locked)
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (!this.#carried) return
    event.preventDefault()
    const row = /** @type {Element} */ (event.target).closest(".layer")
    this.#mark(row)
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".layer"))
    if (!row || !this.#carried || !this.store) return
    event.preventDefault()
    const back = stacked(this.store.layout.widgets).findIndex(({ key }) => key === row.dataset.key)
    this.store.restack(this.#carried, back)
    this.#mark(null)
  }

  /** @param {Element | null} row */
  #mark(row) {
    for (const one of this.#list.children) one.classList.toggle("is-target", one === row)
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} sign
 * @param {string} text
 * @param {boolean} isOn
 */
function label(button, sign, text, isOn) {
  if (button.dataset.sign !== sign) button.replaceChildren(icon(sign))
  button.dataset.sign = sign
  button.classList.toggle("is-on", isOn)
  button.setAttribute("aria-label", text)
  button.dataset.tooltip = text
}

customElements.define("ui-editor-layers", EditorLayers)
