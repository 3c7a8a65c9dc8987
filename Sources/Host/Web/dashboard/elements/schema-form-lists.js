// @ts-check
import { completed, defaultOf, fieldOf, fieldsOf, isShown, optionsOf } from "../model/schema-form.js"
import { isFit, textOf } from "../model/schema-form-text.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { box, controlOf, makers, watchText } from "./schema-form-box.js"

/**
 * @typedef {import("../model/schema-form.js").Field} Field
 * @typedef {import("./schema-form-box.js").Control} Control
 * @typedef {import("./schema-form-box.js").ControlMaker} ControlMaker
 */

/** A list of texts, one a line. */
/** @type {ControlMaker} */
function linesControl(field, id, value, take) {
  const rows = Math.min(8, Math.max(3, Array.isArray(value) ? value.length : 0))
  const input = h("textarea", { class: "input", rows, spellcheck: "false", value: textOf(field, value) })
  const place = box(
    { ...field, description: [field.description, t("form.one-per-line")].filter(Boolean).join(" ") },
    id,
    input,
  )
  const set = watchText(field, input, place, take)
  return { element: place.element, set, complain: (_, text) => place.complain(text) }
}

/** Some of a few words, each with a box to tick. */
/** @type {ControlMaker} */
function setControl(field, id, value, take) {
  const options = optionsOf(field.schema.items ?? {})
  const boxes = options.map((option, index) => {
    const input = h("input", { type: "checkbox", id: `${id}-${index}` })
    input.addEventListener(
      "change",
      () => take(options.filter((_, at) => boxes[at].input.checked).map((one) => one.value)),
    )
    const element = h("label", { class: "check", for: input.id }, input, option.title)
    return { input, option, element }
  })
  const set = (/** @type {unknown} */ next) => {
    const chosen = Array.isArray(next) ? next : []
    for (const { input, option } of boxes) input.checked = chosen.includes(option.value)
  }
  set(value)
  const { element, complain } = group(field, id, boxes.map((one) => one.element))
  element.classList.add("field-set")
  return { element, set, complain: (_, text) => complain(text) }
}

/** The settings of an object, in a frame of their own. */
/** @type {ControlMaker} */
function objectControl(field, id, value, take) {
  const part = members(fieldsOf(field.schema), id, completed(field.schema, plain(value)), take)
  const { element, complain } = group(field, id, part.elements)
  return {
    element,
    set: (next) => part.set(completed(field.schema, plain(next))),
    complain: (path, text) => (path === "" ? complain(text) : part.complain(path, text)),
  }
}

/**
 * A list of anything else: one row each, with its order.
 *
 * A row that is not complete yet stays on the page and goes out once it is.
 */
/** @type {ControlMaker} */
function rowsControl(field, id, value, take) {
  const { schema } = field
  const element = fieldOf("", schema.items ?? {})
  const limit = schema.maxItems ?? Infinity
  /** @type {unknown[]} */
  let values = Array.isArray(value) ? value : []
  /** @type {Control[]} */
  let rows = []
  let drawn = 0
  const list = h("ol", { class: "rows" })
  const add = h("button", { type: "button", class: "button" }, icon("plus"), t("form.add-row"))
  const count = h("span", { class: "hint" })
  const place = group(field, id, [list, h("div", { class: "field-row" }, add, count)])

  const give = () => {
    const isComplete = values.every((one) => isFit(schema.items ?? {}, one))
    place.complain(isComplete ? "" : t("form.error-rows"))
    if (isComplete) take(values)
  }
  const draw = () => {
    drawn += 1
    rows = values.map((one, index) => row(one, index))
    list.replaceChildren(...rows.map((one) => one.element))
    add.disabled = values.length >= limit
    count.textContent = limit === Infinity ? "" : t("form.rows-of", { count: values.length, limit })
  }
  const change = (/** @type {unknown[]} */ next, /** @type {number} */ focus) => {
    values = next
    draw()
    give()
    const target = rows[Math.min(focus, rows.length - 1)]?.element.querySelector("input, select, textarea, button")
    if (target instanceof HTMLElement) target.focus()
    else add.focus()
  }
  const row = (/** @type {unknown} */ one, /** @type {number} */ index) => {
    const name = t("form.row-name", { title: field.title, count: index + 1 })
    const of = { ...element, title: name }
    const accept = (/** @type {unknown} */ next) => {
      values = values.map((old, at) => (at === index ? next : old))
      give()
    }
    const control = controlOf(of, `${id}-${drawn}-${index}`, one, accept)
    const moved = (/** @type {number} */ by) => {
      const next = [...values]
      next.splice(index + by, 0, ...next.splice(index, 1))
      change(next, index + by)
    }
    const tool = (
      /** @type {string} */ sign,
      /** @type {string} */ key,
      /** @type {boolean} */ isOff,
      /** @type {() => void} */ act,
    ) =>
      h("button", {
        type: "button",
        class: "button ghost icon-only small",
        "aria-label": t(key, { name }),
        title: t(key, { name }),
        disabled: isOff,
        onclick: act,
      }, icon(sign))
    const tools = h(
      "div",
      { class: "row-tools" },
      tool("chevron-up", "form.row-up", index === 0, () => moved(-1)),
      tool("chevron-down", "form.row-down", index === values.length - 1, () => moved(1)),
      tool("trash", "form.row-remove", false, () => change(values.filter((_, at) => at !== index), index)),
    )
    return { ...control, element: h("li", { class: "row" }, control.element, tools) }
  }
  add.addEventListener("click", () => change([...values, defaultOf(schema.items ?? {})], values.length))
  draw()
  return {
    element: place.element,
    set: (next) => {
      const wanted = Array.isArray(next) ? next : []
      // What the page itself gave out comes back with every change; only what is different is drawn anew.
      if (JSON.stringify(wanted) === JSON.stringify(values)) return
      values = wanted
      draw()
      place.complain("")
    },
    complain: (path, text) => {
      const [, index, rest = ""] = /^\[?(\d+)\]?\.?(.*)$/.exec(path) ?? []
      const control = rows[Number(index)]
      if (index !== undefined && control) control.complain(rest, text)
      else place.complain(text)
    },
  }
}

/**
 * The controls of one object's members, shown and hidden by each other.
 * @param {Field[]} fields
 * @param {string} id
 * @param {Record<string, unknown>} values complete
 * @param {(values: Record<string, unknown>) => void} take
 */
function members(fields, id, values, take) {
  let current = values
  const controls = new Map(fields.map((field) => [
    field.name,
    controlOf(field, `${id}-${field.name}`, current[field.name], (value) => {
      current = { ...current, [field.name]: value }
      refresh()
      take(current)
    }),
  ]))
  const refresh = () => {
    for (const field of fields) {
      const control = controls.get(field.name)
      if (control) control.element.hidden = !isShown(field, current)
    }
  }
  refresh()
  return {
    elements: [...controls.values()].map(({ element }) => element),
    set: (/** @type {Record<string, unknown>} */ next) => {
      current = next
      for (const [name, control] of controls) control.set(next[name])
      refresh()
    },
    complain: (/** @type {string} */ path, /** @type {string} */ text) => {
      const [, name = "", rest = ""] = /^([^.[]+)\.?(.*)$/.exec(path) ?? []
      controls.get(name)?.complain(rest, text)
    },
  }
}

/**
 * A frame with a name around several controls.
 * @param {Field} field
 * @param {string} id
 * @param {HTMLElement[]} children
 */
function group(field, id, children) {
  const error = h("p", { class: "error", id: `${id}-error`, hidden: true })
  const hint = field.description && h("p", { class: "hint", id: `${id}-hint` }, field.description)
  const element = h(
    "fieldset",
    { class: "field", id, dataset: { field: field.name }, "aria-describedby": hint && hint.id },
    h("legend", null, field.title),
    hint,
    children,
    error,
  )
  const complain = (/** @type {string} */ message) => {
    error.replaceChildren(...(message ? [icon("error"), h("span", null, message)] : []))
    error.hidden = message === ""
  }
  return { element, complain }
}

/** @param {unknown} value */
function plain(value) {
  return /** @type {Record<string, unknown>} */ (value !== null && typeof value === "object" ? value : {})
}

Object.assign(makers, { lines: linesControl, set: setControl, rows: rowsControl, object: objectControl })
