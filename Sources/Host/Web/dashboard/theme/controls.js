// @ts-check
import { showContrast } from "../elements/contrast-badge.js"
import { h } from "../elements/dom.js"
import { field } from "../elements/section.js"
import { IS_COLOR } from "../model/contrast.js"
import { COLORS, contrasts, MOST_PIXELS, PRESETS, SCALES } from "../model/theme.js"
import { t } from "../model/words.js"

/**
 * @typedef {import("../model/theme.js").Variables} Variables
 * @typedef {(changed: Partial<Variables>) => void} Change
 */

/**
 * Every colour as swatch, hex field and worst contrast; `show` brings them to another theme.
 * @param {Change} change
 */
export function colorControls(change) {
  const rows = COLORS.map((name) => {
    const id = `color-${name}`
    const swatch = h("input", {
      class: "swatch",
      type: "color",
      "aria-label": t("theme.pick", { name: t(`theme.${name}`) }),
    })
    const hex = h("input", { class: "input mono", id, maxlength: "7", spellcheck: "false", autocomplete: "off" })
    const badge = h("span", { class: "badge", id: `${id}-contrast` })
    const error = h("p", { class: "error", id: `${id}-error`, hidden: true }, t("theme.color-wanted"))
    hex.setAttribute("aria-describedby", `${badge.id} ${error.id}`)
    const refuse = (/** @type {boolean} */ isWrong) => {
      error.hidden = !isWrong
      if (isWrong) hex.setAttribute("aria-invalid", "true")
      else hex.removeAttribute("aria-invalid")
    }
    swatch.addEventListener("input", () => change({ [name]: swatch.value.toUpperCase() }))
    hex.addEventListener("input", () => {
      const isRight = IS_COLOR.test(hex.value)
      if (isRight || hex.ariaInvalid === "true") refuse(!isRight)
      if (isRight) change({ [name]: hex.value.toUpperCase() })
    })
    hex.addEventListener("blur", () => refuse(!IS_COLOR.test(hex.value)))
    const element = h(
      "div",
      { class: "field" },
      h("label", { for: id }, t(`theme.${name}`)),
      h("div", { class: "color-row" }, swatch, hex, badge),
      error,
    )
    return { name, swatch, hex, badge, refuse, element }
  })
  /** @param {Variables} variables */
  const show = (variables) => {
    const found = new Map(contrasts(variables).map((one) => [one.name, one]))
    for (const { name, swatch, hex, badge, refuse } of rows) {
      swatch.value = variables[name].toLowerCase()
      if (hex.value.toUpperCase() !== variables[name].toUpperCase()) {
        hex.value = variables[name].toUpperCase()
        refuse(false)
      }
      const contrast = found.get(name)
      if (contrast) showContrast(badge, contrast.ratio)
      else badge.textContent = t("theme.is-panel")
    }
  }
  return { element: h("div", { class: "stack" }, rows.map(({ element }) => element)), show }
}

/**
 * Alpha, fonts, size, corners and room.
 * @param {Change} change
 */
export function shapeControls(change) {
  const alpha = slider("backgroundAlpha", 100, "%", (value) => change({ backgroundAlpha: value / 100 }))
  const radius = slider("radius", MOST_PIXELS, "px", (value) => change({ radius: value }))
  const spacing = slider("spacing", MOST_PIXELS, "px", (value) => change({ spacing: value }))
  const heading = fontChoice("headingFont", (font) => change({ headingFont: font }))
  const body = fontChoice("bodyFont", (font) => change({ bodyFont: font }))
  const scales = SCALES.map((scale, index) => {
    const button = h("button", { class: "button", type: "button" }, t(`theme.scale-${index}`))
    button.addEventListener("click", () => change({ fontScale: scale }))
    return button
  })
  const element = h(
    "div",
    { class: "stack" },
    alpha.element,
    heading.element,
    body.element,
    h(
      "div",
      { class: "field", role: "group", "aria-labelledby": "scale-label" },
      h("span", { class: "label", id: "scale-label" }, t("theme.fontScale")),
      h("div", { class: "actions" }, scales),
    ),
    radius.element,
    spacing.element,
  )
  /** @param {Variables} variables */
  const show = (variables) => {
    alpha.show(Math.round(variables.backgroundAlpha * 100))
    radius.show(variables.radius)
    spacing.show(variables.spacing)
    heading.show(variables.headingFont)
    body.show(variables.bodyFont)
    scales.forEach((button, index) =>
      button.setAttribute("aria-pressed", String(SCALES[index] === variables.fontScale))
    )
  }
  return { element, show }
}

/**
 * The presets as cards; a press takes over the colours and nothing else.
 * @param {Change} change
 */
export function presetCards(change) {
  return h(
    "div",
    { class: "presets" },
    PRESETS.map(({ id, name, colors }) =>
      h(
        "button",
        {
          class: "preset",
          type: "button",
          dataset: { preset: id },
          onclick: () => change(colors),
          style: { "--preset-panel": colors.background },
        },
        h(
          "span",
          { class: "preset-colors", "aria-hidden": "true" },
          [colors.text, colors.primary, colors.secondary, colors.accent].map((color) =>
            h("span", { style: { background: color } })
          ),
        ),
        name,
      )
    ),
  )
}

/**
 * @param {string} name
 * @param {number} most
 * @param {string} unit
 * @param {(value: number) => void} changed
 */
function slider(name, most, unit, changed) {
  const range = h("input", { type: "range", min: "0", max: String(most), "aria-label": t(`theme.${name}`) })
  const input = h("input", { class: "input", type: "number", min: "0", max: String(most), id: `shape-${name}` })
  range.addEventListener("input", () => changed(range.valueAsNumber))
  input.addEventListener("input", () => {
    const isRight = input.validity.valid && input.value !== ""
    if (isRight) input.removeAttribute("aria-invalid")
    else input.setAttribute("aria-invalid", "true")
    if (isRight) changed(input.valueAsNumber)
  })
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: input.id }, t(`theme.${name}`)),
    h("div", { class: "slider" }, range, input, h("span", { class: "unit" }, unit)),
  )
  /** @param {number} value */
  const show = (value) => {
    range.value = String(value)
    if (input.valueAsNumber !== value) input.value = String(value)
  }
  return { element, show }
}

/**
 * The fonts that this host serves, each in its own face; a theme may name another one that OBS's computer has.
 * @param {string} name
 * @param {(font: string) => void} changed
 */
function fontChoice(name, changed) {
  const choice = h("select", { class: "input", id: `font-${name}` })
  const served = new Set([...document.fonts].map(({ family }) => family.replaceAll('"', "")))
  choice.addEventListener("change", () => changed(choice.value))
  /** @param {string} font */
  const show = (font) => {
    const fonts = [...new Set([...served, font])].sort((a, b) => a.localeCompare(b))
    if (choice.options.length !== fonts.length) {
      choice.replaceChildren(
        ...fonts.map((family) =>
          h("option", { value: family, style: { "font-family": `"${family}", system-ui` } }, family)
        ),
      )
    }
    choice.value = font
    choice.style.setProperty("font-family", `"${font}", system-ui`)
  }
  return { element: field(t(`theme.${name}`), choice), show }
}
