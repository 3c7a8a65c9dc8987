// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { showNumber } from "../elements/number-field.js"
import { canvasSize, smallestSize } from "../model/layout.js"
import { placeWidget } from "../model/layout-edit.js"
import { t } from "../model/words.js"
import { drawHealth } from "./health.js"
import { layoutPanel } from "./layout-panel.js"

/**
 * @typedef {import("../model/layout.js").EditedWidget} EditedWidget
 * @typedef {import("./store.js").EditorStore} EditorStore
 * @typedef {import("../elements/schema-form.js").SchemaForm} SchemaForm
 *
 * @typedef {{id: string, name: string, variables: import("../elements/schema-form-colors.js").Ground}} Theme
 *
 * @typedef {object} InspectorActs
 * @property {(key: string) => void} remove
 * @property {(key: string, opener: HTMLElement) => void} menu
 * @property {() => void} close the sheet that it is on a narrow page
 * @property {() => Promise<Theme[]>} themes
 * @property {import("./troubles.js").Troubles} troubles
 */

const NUMBERS = /** @type {const} */ (["x", "y", "width", "height"])

/** Everything about the selected widget as numbers and fields; without one, what belongs to the layout as a whole. */
export class EditorInspector extends HTMLElement {
  #shown = ""
  /** @type {ReturnType<typeof layoutPanel> | null} */
  #panel = null
  /** @type {SchemaForm | null} */
  #form = null
  /** @type {Map<string, HTMLInputElement>} */
  #numbers = new Map()
  #numbersError = h("p", { class: "error", id: "place-error", hidden: true })
  #title = h("h2", { tabindex: "-1" })
  #body = h("div", { class: "inspector-body" })
  #problem = h("p", { class: "notice bad", hidden: true })
  #health = h("div")
  /** @type {import("./health.js").Health | undefined} */
  #shownHealth

  /**
   * @param {EditorStore} store
   * @param {InspectorActs} acts
   */
  start(store, acts) {
    this.store = store
    this.acts = acts
    this.#head = h(
      "div",
      { class: "panel-head" },
      this.#title,
      h("span", { class: "badge" }),
      h("button", {
        class: "button ghost icon-only small inspector-more",
        type: "button",
        "aria-haspopup": "menu",
        onclick: (/** @type {MouseEvent} */ event) =>
          acts.menu(store.selected, /** @type {HTMLElement} */ (event.currentTarget)),
      }, icon("more")),
      h("button", {
        class: "button ghost icon-only small sheet-close",
        type: "button",
        "aria-label": t("editor.close-settings"),
        onclick: acts.close,
      }, icon("close")),
    )
    this.append(this.#head, this.#body)
    this.draw("load")
  }
  /** @type {HTMLElement | undefined} */
  #head

  /** @param {import("./state.js").Reason} reason */
  draw(reason) {
    const { store } = this
    if (!store) return
    const widget = store.selectedWidget
    const [, badge, more] = /** @type {HTMLElement[]} */ ([...this.#head?.children ?? []])
    this.#title.textContent = widget ? store.nameOf(widget.key) : t("editor.layout-settings")
    const type = widget && store.typeOf(widget)
    badge.textContent = !widget
      ? ""
      : type
      ? t(`editor.kind-${type.kind}`, { version: type.version })
      : t("editor.kind-missing")
    badge.hidden = !widget
    more.hidden = !widget
    if (widget) more.setAttribute("aria-label", t("editor.more", { name: store.nameOf(widget.key) }))
    const { mode, grid } = store.layout
    const shown = widget ? `${widget.key} ${mode} ${grid.columns} ${grid.rows}` : `layout ${mode}`
    if (shown !== this.#shown || reason === "load") {
      this.#shown = shown
      if (widget) this.#build(widget)
      else {
        this.#panel = layoutPanel(store, this.acts?.themes ?? (() => Promise.resolve([])))
        this.#body.replaceChildren(this.#panel)
      }
    }
    if (widget) this.#refresh(widget)
    else this.#panel?.refresh()
  }

  /** @param {EditedWidget} widget */
  #build(widget) {
    const store = /** @type {EditorStore} */ (this.store)
    const type = store.typeOf(widget)
    const { key } = widget
    const canvas = canvasSize(store.layout)
    const smallest = smallestSize(store.layout, type)
    const isGrid = store.layout.mode === "grid"
    // People count columns from 1.
    const from = isGrid ? 1 : 0
    const limits = {
      x: [from, canvas.width - 1 + from],
      y: [from, canvas.height - 1 + from],
      // What is smaller already may stay so.
      width: [Math.min(smallest.width, widget.position.width), canvas.width],
      height: [Math.min(smallest.height, widget.position.height), canvas.height],
    }
    this.#numbers = new Map(NUMBERS.map((name) => {
      const [min, max] = limits[name]
      const input = h("input", { class: "input", type: "number", id: `place-${name}`, min, max, step: 1 })
      input.addEventListener("change", () => this.#placed(key))
      return [name, input]
    }))
    const label = (/** @type {string} */ name) => t(`editor.${isGrid ? "cell" : "pixel"}-${name}`)
    const button = (/** @type {string} */ sign, /** @type {string} */ text, /** @type {() => void} */ act) =>
      h("button", { class: "button small grow", type: "button", onclick: act }, icon(sign), text)
    this.#form = null
    const place = h("div", { class: "form-place" }, h("div", { class: "skeleton" }), h("div", { class: "skeleton" }))
    this.#body.replaceChildren(
      this.#health,
      this.#problem,
      h(
        "fieldset",
        { class: "place-numbers" },
        h("legend", { class: "visually-hidden" }, t("editor.place")),
        [...this.#numbers].map(([name, input]) =>
          h("div", { class: "field" }, h("label", { for: input.id }, label(name)), input)
        ),
        this.#numbersError,
      ),
      h(
        "div",
        { class: "inspector-row" },
        button("forward", t("editor.forward"), () => store.restack(key, "forward")),
        button("backward", t("editor.backward"), () => store.restack(key, "backward")),
      ),
      type ? place : h("p", { class: "notice warn" }, t("editor.missing-type", { type: widget.type })),
      h(
        "div",
        { class: "inspector-row" },
        type && button("restart", t("editor.reset"), () => store.reset(key)),
        button("duplicate", t("editor.duplicate"), () => store.duplicate(key)),
        button("trash", t("editor.remove"), () => this.acts?.remove(key)),
      ),
    )
    if (type) void this.#loadForm(key, type, place)
  }

  /**
   * The form comes with the first widget that is selected: a page that only shows the canvas does not wait for it.
   * @param {string} key
   * @param {import("../model/layout.js").WidgetType} type
   * @param {HTMLElement} place
   */
  async #loadForm(key, type, place) {
    const { SchemaForm } = await import("../elements/schema-form.js").catch(() => ({ SchemaForm: null }))
    if (!SchemaForm) return this.#formFailed(key, type, place)
    const widget = this.store?.selectedWidget
    // Somebody may have gone on meanwhile.
    if (widget?.key !== key || !place.isConnected) return
    const form = new SchemaForm()
    form.addEventListener("config-change", (event) => {
      const { config, name } = /** @type {CustomEvent} */ (event).detail
      this.store?.configure(key, config, name)
    })
    form.show(type.configSchema, widget.config, type.id)
    place.replaceChildren(form)
    this.#form = form
    this.#refresh(widget)
    const themes = await this.acts?.themes().catch(() => [])
    const theme = themes?.find(({ id }) => id === this.store?.layout.themeId)
    if (theme) form.ground = theme.variables
  }

  /**
   * @param {string} key
   * @param {import("../model/layout.js").WidgetType} type
   * @param {HTMLElement} place
   */
  #formFailed(key, type, place) {
    const again = h("button", { class: "button small", type: "button" }, t("editor.retry"))
    again.addEventListener("click", () => void this.#loadForm(key, type, place))
    place.replaceChildren(h("p", { class: "notice warn" }, t("editor.form-failed")), h("div", null, again))
  }

  /** @param {EditedWidget} widget */
  #refresh(widget) {
    const store = /** @type {EditorStore} */ (this.store)
    const from = store.layout.mode === "grid" ? 1 : 0
    for (const [name, input] of this.#numbers) {
      const value = widget.position[/** @type {"x"} */ (name)] + (name === "x" || name === "y" ? from : 0)
      showNumber(input, value)
      input.disabled = widget.locked
      input.removeAttribute("aria-invalid")
    }
    this.#numbersError.hidden = true
    if (this.#form && this.#form.value !== widget.config) this.#form.value = widget.config
    const troubles = this.acts?.troubles
    const health = troubles?.of(widget.key)?.health
    // A log that somebody has opened stays open while nothing is new.
    if (health !== this.#shownHealth) {
      const again = () => void troubles?.restart(widget.key)
      drawHealth(this.#health, health, store.nameOf(widget.key), again, this.#title)
    }
    this.#shownHealth = health
    const problems = store.problems.get(widget.key) ?? []
    this.#problem.hidden = problems.length === 0
    this.#problem.textContent = t("editor.refused-settings")
    if (problems.length > 0) this.#form?.complain(problems)
  }

  /** @param {string} key */
  #placed(key) {
    const store = /** @type {EditorStore} */ (this.store)
    const from = store.layout.mode === "grid" ? 1 : 0
    const read = (/** @type {string} */ name) => Number(this.#numbers.get(name)?.value)
    const position = { x: read("x") - from, y: read("y") - from, width: read("width"), height: read("height") }
    const bad = [...this.#numbers].filter(([, input]) => !input.checkValidity() || input.value === "")
    if (bad.length > 0) {
      const [[, input]] = bad
      return this.#complain(
        bad.map(([name]) => name),
        t("form.error-number-range", { minimum: Number(input.min), maximum: Number(input.max) }),
      )
    }
    const canvas = canvasSize(store.layout)
    const isOut = [
      position.x + position.width > canvas.width && "width",
      position.y + position.height > canvas.height && "height",
    ]
    const out = isOut.filter((one) => one !== false)
    if (out.length > 0) return this.#complain(out, t("editor.outside"))
    const { refusal } = placeWidget(store.layout, key, position)
    if (refusal) {
      const { key: sentence, args } = store.reason(refusal)
      this.#complain([...NUMBERS], t(sentence, args))
    }
    // Refused or not, it is said.
    store.place(key, position, `place ${key}`)
  }

  /**
   * @param {readonly string[]} names
   * @param {string} text
   */
  #complain(names, text) {
    for (const [name, input] of this.#numbers) {
      if (!names.includes(name)) continue
      input.setAttribute("aria-invalid", "true")
      input.setAttribute("aria-describedby", this.#numbersError.id)
    }
    this.#numbersError.replaceChildren(icon("error"), h("span", null, text))
    this.#numbersError.hidden = false
  }
}

customElements.define("ui-editor-inspector", EditorInspector)
