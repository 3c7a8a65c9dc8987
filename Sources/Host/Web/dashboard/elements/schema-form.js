// @ts-check
import { completed, groupsOf, isShown } from "../model/schema-form.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { controlOf } from "./schema-form-box.js"
import "./schema-form-colors.js"
import "./schema-form-controls.js"
import "./schema-form-files.js"
import "./schema-form-lists.js"

/**
 * @typedef {import("../model/schema-form.js").Field} Field
 * @typedef {import("../model/schema-form.js").Schema} Schema
 * @typedef {import("./schema-form-box.js").Control} Control
 *
 * @typedef {{config: Record<string, unknown>, name: string, restarts: boolean}} ConfigChange detail of `config-change`
 */

/** Groups that somebody has opened or closed, by form and title: they stay so from one widget to the next. */
/** @type {Map<string, boolean>} */
const remembered = new Map()
let forms = 0

/**
 * A form made of a widget's schema.
 *
 * Every change that fits goes out at once as `config-change`, with the whole config; what does not fit stays in its
 * field with the reason below it.
 */
export class SchemaForm extends HTMLElement {
  /** @type {Map<string, Control>} */
  #controls = new Map()
  /** @type {{element: HTMLElement, fields: Field[]}[]} */
  #groups = []
  /** @type {Record<string, unknown>} */
  #value = {}
  /** @type {Schema} */
  #schema = {}
  /** @type {import("./schema-form-colors.js").Ground | null} */
  #ground = null

  /**
   * Draws the form anew.
   * @param {Schema} schema
   * @param {Record<string, unknown>} value
   * @param {string} name under which opened groups are remembered
   */
  show(schema, value, name) {
    forms += 1
    const form = forms
    this.#schema = schema
    this.#value = completed(schema, value)
    this.#controls.clear()
    const groups = groupsOf(schema)
    this.#groups = groups.map(({ title, fields }, index) => {
      const controls = fields.map((field) => this.#control(field, `f${form}-${field.name}`))
      const element = title
        ? this.#group(title, controls, `${name}\n${title}`, index === 0)
        : h("div", { class: "form-group-plain" }, controls)
      return { element, fields }
    })
    this.replaceChildren(...this.#groups.map(({ element }) => element))
    this.#refresh()
  }

  /** @param {Record<string, unknown>} value what somebody else, or undo, has made of it */
  set value(value) {
    this.#value = completed(this.#schema, value)
    for (const [name, control] of this.#controls) control.set(this.#value[name])
    this.#refresh()
  }

  get value() {
    return this.#value
  }

  /** What the widget's colours stand on, so that the form can say how well they are seen. */
  set ground(ground) {
    this.#ground = ground
    this.#refresh()
  }

  get ground() {
    return this.#ground
  }

  /**
   * Shows what the host has refused where it stands; the first such field takes the focus.
   * @param {{field: string, wanted: string}[]} refusals
   * @returns {boolean} whether every refusal has found its field
   */
  complain(refusals) {
    let hasAll = true
    for (const { field, wanted } of refusals) {
      const [, name = "", rest = ""] = /^([^.[]+)\.?(.*)$/.exec(field) ?? []
      const control = this.#controls.get(name)
      control?.complain(rest, t("form.error-pattern", { wanted }))
      control?.element.closest("details")?.setAttribute("open", "")
      hasAll &&= control !== undefined
    }
    return hasAll
  }

  /**
   * @param {string} title
   * @param {HTMLElement[]} controls
   * @param {string} memory
   * @param {boolean} isFirst
   */
  #group(title, controls, memory, isFirst) {
    const details = h(
      "details",
      { class: "form-group", open: remembered.get(memory) ?? isFirst },
      h("summary", null, h("h3", null, title), icon("chevron-down")),
      h("div", { class: "form-group-body" }, controls),
    )
    details.addEventListener("toggle", () => remembered.set(memory, details.open))
    return details
  }

  /**
   * @param {Field} field
   * @param {string} id
   */
  #control(field, id) {
    const control = controlOf(field, id, this.#value[field.name], (value) => {
      this.#value = { ...this.#value, [field.name]: value }
      this.#refresh()
      /** @type {ConfigChange} */
      const detail = { config: this.#value, name: field.name, restarts: field.restarts }
      this.dispatchEvent(new CustomEvent("config-change", { detail, bubbles: true }))
    })
    this.#controls.set(field.name, control)
    return control.element
  }

  /** Shows the settings that matter with what is chosen now. */
  #refresh() {
    for (const { element, fields } of this.#groups) {
      let hasAny = false
      for (const field of fields) {
        const shown = isShown(field, this.#value)
        hasAny ||= shown
        const control = this.#controls.get(field.name)
        if (control) control.element.hidden = !shown
      }
      element.hidden = !hasAny
    }
    for (const badge of this.querySelectorAll(".contrast")) badge.dispatchEvent(new Event("judge"))
  }
}

customElements.define("ui-schema-form", SchemaForm)
