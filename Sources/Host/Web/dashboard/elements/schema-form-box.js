// @ts-check
import { read, textOf } from "../model/schema-form-text.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"

/**
 * @typedef {import("../model/schema-form.js").Field} Field
 * @typedef {import("../model/schema-form-text.js").Complaint} Complaint
 * @typedef {(value: unknown) => void} Take is given every value that fits
 *
 * @typedef {object} Control one setting on the page
 * @property {HTMLElement} element
 * @property {(value: unknown) => void} set shows a value that came from elsewhere
 * @property {(path: string, text: string) => void} complain says what is wrong with it, or with what is at that path
 *
 * @typedef {(field: Field, id: string, value: unknown, take: Take) => Control} ControlMaker
 */

/**
 * Who draws each kind of field; the modules of the controls enter themselves.
 * @type {Partial<Record<import("../model/schema-form.js").FieldKind, ControlMaker>>}
 */
export const makers = {}

/** @type {ControlMaker} */
export function controlOf(field, id, value, take) {
  const make = makers[field.kind]
  if (!make) throw new Error(`nobody draws ${field.kind}`)
  return make(field, id, value, take)
}

/** @param {Complaint} complaint */
export function sentence({ key, args = {} }) {
  const reason = typeof args.of === "string" ? t(args.of, args) : ""
  return t(key, { ...args, reason })
}

/**
 * A label, what one changes, a hint and room for what is wrong.
 * @param {Field} field
 * @param {string} id of the control that the label is for
 * @param {HTMLElement} control
 * @param {(HTMLElement | false)[]} [beside] further controls in the same row
 * @param {string} [note] the id of what describes the control besides
 */
export function box(field, id, control, beside = [], note = "") {
  const error = h("p", { class: "error", id: `${id}-error`, hidden: true })
  const restarts = field.restarts ? t("form.restarts") : ""
  const text = [field.description, restarts].filter(Boolean).join(" ")
  const hint = text ? h("p", { class: "hint", id: `${id}-hint` }, text) : null
  control.id = id
  const describe = (/** @type {boolean} */ isBad) => {
    const ids = [isBad && error.id, hint && !isBad && hint.id, note].filter(Boolean).join(" ")
    if (ids) control.setAttribute("aria-describedby", ids)
    else control.removeAttribute("aria-describedby")
  }
  describe(false)
  const complain = (/** @type {string} */ message) => {
    error.replaceChildren(...(message ? [icon("error"), h("span", null, message)] : []))
    error.hidden = message === ""
    if (hint) hint.hidden = message !== ""
    if (message) control.setAttribute("aria-invalid", "true")
    else control.removeAttribute("aria-invalid")
    describe(message !== "")
  }
  const unit = field.unit ? h("span", { class: "unit", "aria-hidden": "true" }, field.unit) : null
  const label = h(
    "label",
    { for: id },
    field.title,
    field.unit && h("span", { class: "visually-hidden" }, ` (${field.unit})`),
    isMarkedOptional(field) && h("span", { class: "optional" }, ` ${t("form.optional")}`),
  )
  const isSlider = beside.some((one) => one instanceof HTMLInputElement && one.type === "range")
  const rowClass = isSlider ? "slider" : "field-row"
  const row = beside.length > 0 || unit ? h("div", { class: rowClass }, ...beside, control, unit) : control
  const element = h("div", { class: "field", dataset: { field: field.name } }, label, row, hint, error)
  return {
    element,
    complain,
    get isBad() {
      return !error.hidden
    },
  }
}

/** @param {Field} field */
function isMarkedOptional({ isOptional, kind }) {
  return isOptional && ["uri", "date", "date-time"].includes(kind)
}

/**
 * Gives every text that fits; says what is wrong when the field is left, and from then on at every letter.
 * @param {Field} field
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {{complain: (message: string) => void, isBad: boolean}} place
 * @param {Take} take
 */
export function watchText(field, input, place, take) {
  const look = (/** @type {boolean} */ isLeft) => {
    const { value, complaint } = read(field, input.value)
    if (!complaint) {
      place.complain("")
      take(value)
    } else if (isLeft || place.isBad) {
      place.complain(sentence(complaint))
    }
  }
  input.addEventListener("input", () => look(false))
  input.addEventListener("change", () => look(true))
  return (/** @type {unknown} */ value) => {
    const now = read(field, input.value)
    // While somebody types, "1." must not become "1".
    if (now.complaint || textOf(field, now.value) !== textOf(field, value)) input.value = textOf(field, value)
    place.complain("")
  }
}
