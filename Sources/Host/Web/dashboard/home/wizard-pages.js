// @ts-check
import { enhanceCopyButton } from "../elements/copy-field.js"
import { h } from "../elements/dom.js"
import { api, listAll } from "../model/api.js"
import { STARTERS, widgetsOf } from "../model/starters.js"
import { PRESETS } from "../model/theme.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { overlayLink } from "../shell/overlay-link.js"
import { dragLink, maskedAddress } from "./address.js"

/**
 * Choices as cards with a drawing each; none is chosen, so that going on changes nothing unasked.
 * @param {string} name of the group
 * @param {string} label
 * @param {{value: string, label: string, drawing: Node}[]} choices
 */
function cards(name, label, choices) {
  return h(
    "fieldset",
    { class: "choices" },
    h("legend", null, label),
    choices.map(({ value, label, drawing }) =>
      h(
        "label",
        { class: "choice" },
        h("input", { type: "radio", name, value }),
        drawing,
        h("span", null, label),
      )
    ),
  )
}

/** @param {HTMLElement} element */
function chosen(element) {
  return /** @type {HTMLInputElement | null} */ (element.querySelector("input:checked"))?.value ?? ""
}

/** How the streamer is called here. */
export class NamePage {
  #input
  #note = h("p", { class: "error", id: "wizard-name-error", role: "alert" })
  #before
  #changed

  /**
   * @param {string} name
   * @param {(name: string) => void} changed
   */
  constructor(name, changed) {
    this.#before = name
    this.#changed = changed
    this.#input = h("input", {
      class: "input",
      id: "wizard-name",
      value: name,
      maxlength: "80",
      autocomplete: "nickname",
      "aria-describedby": "wizard-name-error",
    })
    this.element = h(
      "div",
      { class: "field wizard-name" },
      h("label", { for: "wizard-name" }, t("wizard.name")),
      this.#input,
      h("p", { class: "hint" }, t("wizard.name-hint")),
      this.#note,
    )
  }

  async apply() {
    const name = this.#input.value.trim()
    this.#input.setAttribute("aria-invalid", String(!name))
    this.#note.textContent = name ? "" : t("wizard.name-missing")
    if (!name) {
      this.#input.focus()
      throw new StayHere()
    }
    if (name === this.#before) return null
    await api("PUT", "/api/settings", { displayName: name })
    this.#changed(name)
    return null
  }
}

/** The page itself has said what is missing. */
export class StayHere extends Error {}

/** Which colours the overlay has. */
export class ThemePage {
  #layout
  #saved

  /**
   * @param {() => Promise<any>} layout the one on air, as it is now
   * @param {(layout: any) => void} saved
   */
  constructor(layout, saved) {
    this.#layout = layout
    this.#saved = saved
    this.element = cards(
      "wizard-theme",
      t("wizard.theme-hint"),
      PRESETS.map(({ name, colors }) => ({ value: name, label: name, drawing: swatch(colors) })),
    )
  }

  async apply() {
    const preset = PRESETS.find(({ name }) => name === chosen(this.element))
    if (!preset) return null
    const layout = await this.#layout()
    const present = (await listAll("/api/themes")).find(({ name }) => name === preset.name)
    const theme = present ?? await api("POST", "/api/themes", { name: preset.name, variables: preset.colors })
    if (theme.id === layout.themeId) return null
    await this.#wear(layout, theme.id)
    return async () => this.#wear(await this.#layout(), layout.themeId)
  }

  /**
   * @param {any} layout
   * @param {string} themeId
   */
  async #wear(layout, themeId) {
    this.#saved(await api("PUT", `/api/layouts/${layout.id}`, { version: layout.version, themeId }))
  }
}

/** Where the widgets stand in the beginning. */
export class LayoutPage {
  #layout
  #saved

  /**
   * @param {() => Promise<any>} layout
   * @param {(layout: any) => void} saved
   */
  constructor(layout, saved) {
    this.#layout = layout
    this.#saved = saved
    this.element = cards(
      "wizard-layout",
      t("wizard.layout-hint"),
      STARTERS.map((starter) => ({
        value: starter.name,
        label: t(`wizard.layout-${starter.name}`),
        drawing: thumbnail(starter),
      })),
    )
  }

  async apply() {
    const starter = STARTERS.find(({ name }) => name === chosen(this.element))
    if (!starter) return null
    const layout = await this.#layout()
    const grid = { columns: 12, rows: 9 }
    await this.#put(layout, { mode: "grid", grid, widgets: widgetsOf(layout.widgets, starter) })
    return async () => {
      const now = await this.#layout()
      const ids = new Set(now.widgets.map((/** @type {any} */ widget) => widget.id))
      // A widget that was taken away comes back as a new one with its old settings.
      const widgets = layout.widgets.map((
        /** @type {any} */ { id, type, config, position, zIndex, visible, locked },
      ) => ({
        ...(ids.has(id) && { id }),
        type,
        config,
        position,
        zIndex,
        visible,
        locked,
      }))
      await this.#put(now, { mode: layout.mode, grid: layout.grid, widgets })
    }
  }

  /**
   * @param {any} layout
   * @param {any} change
   */
  async #put(layout, change) {
    this.#saved(await api("PUT", `/api/layouts/${layout.id}`, { version: layout.version, ...change }))
  }
}

/** What OBS needs. */
export class AddressPage {
  constructor() {
    const { overlay = "" } = document.body.dataset
    const button = h(
      "button",
      { class: "button", type: "button", dataset: { copy: "wizard-address" } },
      t("home.copy"),
    )
    const copy = h(
      "div",
      { class: "copy" },
      h("input", { id: "wizard-address", value: overlay, readonly: true }),
      button,
      dragLink(),
    )
    const label = h("label", { for: "wizard-address" }, t("home.address"))
    this.element = h(
      "div",
      { class: "field" },
      label,
      copy,
      h("p", { class: "hint" }, t("wizard.address-hint")),
      h("p", { class: "hint" }, t("home.obs-hint")),
    )
    overlayLink().then(({ address, isPrivate }) => {
      if (!isPrivate) return
      label.remove()
      copy.replaceWith(maskedAddress(address), h("div", { class: "actions" }, dragLink()))
    }, report)
    // The field must stand in the page before its button can find it.
    queueMicrotask(() => enhanceCopyButton(button))
  }

  apply() {
    return Promise.resolve(null)
  }
}

/** @param {Record<string, string | number>} variables */
function swatch(variables) {
  const { primary, secondary, accent, background, text } = variables
  const dots = [primary, secondary, accent].map((colour) => h("i", { style: { "background-color": String(colour) } }))
  return h(
    "span",
    {
      class: "drawing swatch",
      "aria-hidden": "true",
      style: { "background-color": String(background), color: String(text) },
    },
    h("b"),
    dots,
  )
}

/** @param {import("../model/starters.js").Starter} starter */
function thumbnail(starter) {
  const boxes = starter.widgets.map(({ type, position: { x, y, width, height } }) =>
    h("i", {
      dataset: { type },
      style: { "grid-column": `${x + 1} / span ${width}`, "grid-row": `${y + 1} / span ${height}` },
    })
  )
  return h("span", { class: "drawing thumbnail", "aria-hidden": "true" }, boxes)
}
