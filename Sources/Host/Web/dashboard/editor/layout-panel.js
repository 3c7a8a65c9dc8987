// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { showNumber } from "../elements/number-field.js"
import { t } from "../model/words.js"

/** @typedef {import("./store.js").EditorStore} EditorStore */

const LIMITS = { columns: [1, 24], rows: [1, 20], gap: [0, 32] }

/**
 * What belongs to a layout as a whole: how places are counted, its cells, its theme.
 * @param {EditorStore} store
 * @param {() => Promise<{id: string, name: string}[]>} themes
 */
export function layoutPanel(store, themes) {
  const mode = (/** @type {"grid" | "free"} */ name, /** @type {string} */ hint) => {
    const input = h("input", { type: "radio", name: "layout-mode", value: name, checked: store.layout.mode === name })
    input.addEventListener("change", () => {
      if (!store.setMode(name)) refresh()
    })
    return h(
      "label",
      { class: "choice" },
      input,
      h("span", null, t(`editor.mode-${name}`), h("span", { class: "hint" }, hint)),
    )
  }
  const error = h("p", { class: "error", hidden: true })
  const numbers = Object.entries(LIMITS).map(([name, [min, max]]) => {
    const input = h("input", { class: "input", type: "number", id: `grid-${name}`, min, max, step: 1 })
    input.addEventListener("change", () => {
      const isFit = input.value !== "" && input.checkValidity()
      const text = t("form.error-number-range", { minimum: min, maximum: max })
      complain(isFit ? "" : text)
      if (isFit && !store.setGrid({ [name]: Number(input.value) })) {
        complain(t("editor.grid-too-small"))
        input.value = String(store.layout.grid[/** @type {"gap"} */ (name)])
      }
    })
    return {
      name,
      input,
      element: h("div", { class: "field" }, h("label", { for: input.id }, t(`editor.grid-${name}`)), input),
    }
  })
  const theme = h("select", { class: "input", id: "layout-theme" })
  theme.addEventListener("change", () => store.setTheme(theme.value))
  const cells = h(
    "fieldset",
    { class: "place-numbers three" },
    h("legend", { class: "visually-hidden" }, t("editor.grid")),
    numbers.map(({ element }) => element),
    error,
  )
  const element = h(
    "div",
    { class: "layout-panel" },
    h("p", { class: "hint" }, t("editor.select-hint")),
    h(
      "fieldset",
      { class: "field" },
      h("legend", null, t("editor.mode")),
      mode("grid", t("editor.mode-grid-hint")),
      mode("free", t("editor.mode-free-hint")),
    ),
    cells,
    h("div", { class: "field" }, h("label", { for: theme.id }, t("editor.theme")), theme),
  )
  const complain = (/** @type {string} */ text) => {
    error.replaceChildren(...(text ? [icon("error"), h("span", null, text)] : []))
    error.hidden = text === ""
  }
  const refresh = () => {
    for (const { name, input } of numbers) showNumber(input, store.layout.grid[/** @type {"gap"} */ (name)])
    for (const input of element.querySelectorAll("input[type=radio]")) {
      if (input instanceof HTMLInputElement) input.checked = input.value === store.layout.mode
    }
    cells.hidden = store.layout.mode !== "grid"
    theme.value = store.layout.themeId
  }
  themes().then((all) => {
    theme.replaceChildren(...all.map(({ id, name }) => h("option", { value: id }, name)))
    theme.value = store.layout.themeId
  }, () => theme.disabled = true)
  refresh()
  return Object.assign(element, { refresh })
}
