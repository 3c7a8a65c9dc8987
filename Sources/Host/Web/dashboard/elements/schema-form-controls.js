// @ts-check
import { hasSlider, optionsOf, stepOf } from "../model/schema-form.js"
import { read, textOf } from "../model/schema-form-text.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { assetControl } from "./schema-form-files.js"
import { linesControl, objectControl, rowsControl, setControl } from "./schema-form-lists.js"

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

/** @type {Record<import("../model/schema-form.js").FieldKind, ControlMaker>} */
const MAKERS = {
  switch: switchControl,
  number: numberControl,
  choice: choiceControl,
  text: textControl,
  multiline: textControl,
  color: colorControl,
  date: textControl,
  "date-time": textControl,
  uri: textControl,
  font: textControl,
  asset: assetControl,
  lines: linesControl,
  set: setControl,
  rows: rowsControl,
  object: objectControl,
}
/** Fonts that most computers with OBS have, or that the theme brings. */
const FONTS = ["Inter", "Roboto", "Open Sans", "Lato", "Manrope", "Quicksand", "Bebas Neue", "JetBrains Mono", "Arial"]

/** @type {ControlMaker} */
export function controlOf(field, id, value, take) {
  return MAKERS[field.kind](field, id, value, take)
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
 */
export function box(field, id, control, beside = []) {
  const error = h("p", { class: "error", id: `${id}-error`, hidden: true })
  const restarts = field.restarts ? t("form.restarts") : ""
  const text = [field.description, restarts].filter(Boolean).join(" ")
  const hint = text ? h("p", { class: "hint", id: `${id}-hint` }, text) : null
  control.id = id
  const describe = (/** @type {boolean} */ isBad) => {
    const ids = [isBad && error.id, hint && !isBad && hint.id].filter(Boolean).join(" ")
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

/** @type {ControlMaker} */
function switchControl(field, id, value, take) {
  const input = h("input", { type: "checkbox", role: "switch", class: "switch", checked: value === true })
  const place = box(field, id, input)
  place.element.classList.add("switch-field")
  input.addEventListener("change", () => take(input.checked))
  return {
    element: place.element,
    set: (next) => input.checked = next === true,
    complain: (_, text) => place.complain(text),
  }
}

/** @type {ControlMaker} */
function numberControl(field, id, value, take) {
  const { schema } = field
  const limits = { min: schema.minimum, max: schema.maximum, step: stepOf(schema) }
  const input = h("input", { type: "number", class: "input", ...limits, value: textOf(field, value) })
  const slider = hasSlider(schema) && h("input", { type: "range", "aria-label": field.title, ...limits, value })
  const place = box(field, id, input, slider ? [slider] : [])
  const set = watchText(field, input, place, (next) => {
    if (slider) slider.value = String(next)
    take(next)
  })
  if (slider) {
    slider.addEventListener("input", () => {
      input.value = slider.value
      place.complain("")
      take(Number(slider.value))
    })
  }
  return {
    element: place.element,
    set: (next) => {
      set(next)
      if (slider) slider.value = String(next)
    },
    complain: (_, text) => place.complain(text),
  }
}

/** @type {ControlMaker} */
function choiceControl(field, id, value, take) {
  const options = optionsOf(field.schema)
  // By number, because values may be of any type.
  const indexOf = (/** @type {unknown} */ one) => String(options.findIndex((option) => option.value === one))
  const select = h(
    "select",
    { class: "input", value: indexOf(value) },
    options.map(({ title }, index) => h("option", { value: index }, title)),
  )
  const place = box(field, id, select)
  select.addEventListener("change", () => {
    place.complain("")
    take(options[Number(select.value)].value)
  })
  return {
    element: place.element,
    set: (next) => {
      select.value = indexOf(next)
      place.complain("")
    },
    complain: (_, text) => place.complain(text),
  }
}

/** @type {ControlMaker} */
function textControl(field, id, value, take) {
  const text = textOf(field, value)
  const { kind } = field
  const types = { date: "date", "date-time": "datetime-local", uri: "url" }
  const type = /** @type {Record<string, string>} */ (types)[kind] ?? "text"
  const common = { class: "input", spellcheck: kind === "multiline" ? "true" : "false", autocomplete: "off" }
  const input = kind === "multiline"
    ? h("textarea", { ...common, rows: 4, value: text })
    : h("input", { ...common, type, value: text, list: kind === "font" && `${id}-fonts` })
  const place = box(field, id, input)
  if (kind === "font") {
    place.element.append(h("datalist", { id: `${id}-fonts` }, FONTS.map((font) => h("option", { value: font }))))
  }
  const set = watchText(field, input, place, take)
  return { element: place.element, set, complain: (_, message) => place.complain(message) }
}

/** @type {ControlMaker} */
function colorControl(field, id, value, take) {
  const input = h("input", { type: "text", class: "input mono", spellcheck: "false", autocomplete: "off", value })
  const swatch = h("input", {
    type: "color",
    class: "swatch",
    "aria-label": t("form.pick-color", { title: field.title }),
  })
  const clear = field.isOptional &&
    h("button", {
      type: "button",
      class: "button ghost icon-only",
      "aria-label": t("form.clear", { title: field.title }),
    }, icon("close"))
  const place = box(field, id, input, [swatch])
  if (clear) input.after(clear)
  const paint = (/** @type {unknown} */ color) => {
    swatch.value = color ? String(color).toLowerCase() : "#000000"
    swatch.classList.toggle("is-empty", !color)
    if (clear) clear.disabled = !color
  }
  const accept = (/** @type {unknown} */ color) => {
    paint(color)
    take(color)
  }
  const set = watchText(field, input, place, accept)
  const choose = (/** @type {string} */ color) => {
    set(color)
    accept(color)
  }
  input.placeholder = field.isOptional ? t("form.from-theme") : ""
  swatch.addEventListener("input", () => choose(swatch.value))
  if (clear) clear.addEventListener("click", () => choose(""))
  paint(value)
  return {
    element: place.element,
    set: (next) => {
      set(next)
      paint(next)
    },
    complain: (_, message) => place.complain(message),
  }
}
