// @ts-check
import { hasSlider, optionsOf, stepOf } from "../model/schema-form.js"
import { textOf } from "../model/schema-form-text.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { box, makers, watchText } from "./schema-form-box.js"

/** @typedef {import("./schema-form-box.js").ControlMaker} ControlMaker */

/** Fonts that most computers with OBS have, or that the theme brings. */
const FONTS = ["Inter", "Roboto", "Open Sans", "Lato", "Manrope", "Quicksand", "Bebas Neue", "JetBrains Mono", "Arial"]

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

Object.assign(makers, {
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
})
