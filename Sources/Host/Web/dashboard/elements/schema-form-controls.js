// @ts-check
import { hasSlider, optionsOf, stepOf } from "../model/schema-form.js"
import { read, textOf } from "../model/schema-form-text.js"
import { t } from "../model/words.js"
import { enhanceCombobox } from "./combobox.js"
import { h } from "./dom.js"
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

/** As many fit a native list; more want a search. */
const NATIVE_OPTIONS = 7

/** @type {ControlMaker} */
function choiceControl(field, id, value, take) {
  const options = optionsOf(field.schema)
  if (options.length > NATIVE_OPTIONS) return searchedControl(field, id, value, take)
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
function searchedControl(field, id, value, take) {
  const options = optionsOf(field.schema)
  let chosen = value
  const input = h("input", { type: "text", class: "input combobox" })
  const place = box(field, id, input)
  const show = () => input.value = options.find((option) => option.value === chosen)?.title ?? ""
  enhanceCombobox(input, {
    options: () => options,
    chosen: () => chosen,
    choose: (option) => {
      chosen = option.value
      place.complain("")
      take(chosen)
    },
    leave: show,
  })
  show()
  return {
    element: place.element,
    set: (next) => {
      chosen = next
      show()
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
    : h("input", { ...common, type, value: text })
  const place = box(field, id, input)
  const set = watchText(field, input, place, take)
  return { element: place.element, set, complain: (_, message) => place.complain(message) }
}

/**
 * The fonts that this host serves and those that most computers with OBS have, each in its own face; another one that
 * OBS's computer has may be typed.
 * @type {ControlMaker}
 */
function fontControl(field, id, value, take) {
  const input = h("input", { type: "text", class: "input combobox", value: textOf(field, value) })
  input.placeholder = field.isOptional ? t("form.from-theme") : ""
  const place = box(field, id, input)
  const wear = () => input.style.setProperty("font-family", input.value ? `"${input.value}", system-ui` : "inherit")
  const set = watchText(field, input, place, (next) => {
    wear()
    take(next)
  })
  // What stood here when somebody came, for who thinks better of it.
  let before = input.value
  const put = (/** @type {string} */ text) => {
    input.value = text
    place.complain("")
    wear()
  }
  input.addEventListener("focus", () => before = input.value)
  const none = { value: "", title: t("form.from-theme") }
  enhanceCombobox(input, {
    options: () => [
      ...(field.isOptional ? [none] : []),
      ...fonts().map((font) => ({ value: font, title: font, face: font })),
    ],
    chosen: () => input.value,
    choose: (option) => {
      before = String(option.value)
      put(before)
      take(option.value)
    },
    leave: () => {},
    escape: () => {
      if (input.value === before) return
      put(before)
      take(read(field, before).value)
    },
    takesOthers: true,
  })
  wear()
  return {
    element: place.element,
    set: (next) => {
      set(next)
      wear()
    },
    complain: (_, message) => place.complain(message),
  }
}

function fonts() {
  const served = [...document.fonts].map(({ family }) => family.replaceAll('"', ""))
  return [...new Set([...served, ...FONTS])].sort((a, b) => a.localeCompare(b))
}

Object.assign(makers, {
  switch: switchControl,
  number: numberControl,
  choice: choiceControl,
  text: textControl,
  multiline: textControl,
  date: textControl,
  "date-time": textControl,
  uri: textControl,
  font: fontControl,
})
