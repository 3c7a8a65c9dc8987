// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { listAll } from "../model/api.js"
import { t } from "../model/words.js"
import { copyOverlayLink, sendTest } from "./commands.js"
import { showShortcuts } from "./shortcut-sheet.js"

/** @typedef {{label: string, icon: string, act: () => void}} Entry */

const go = (/** @type {string} */ path) => () => location.assign(path)

/** @returns {Entry[]} */
function entries() {
  return [
    { label: t("nav.home"), icon: "home", act: go("/dashboard") },
    { label: t("nav.editor"), icon: "layouts", act: go("/dashboard/overlay") },
    { label: t("nav.widgets"), icon: "widgets", act: go("/dashboard/widgets") },
    { label: t("nav.theme"), icon: "theme", act: go("/dashboard/theme") },
    { label: t("nav.settings"), icon: "settings", act: go("/dashboard/settings") },
    { label: t("nav.alerts"), icon: "bell", act: go("/dashboard/alerts") },
    { label: t("palette.test-follow"), icon: "send", act: () => sendTest("event:follow") },
    { label: t("palette.copy-link"), icon: "copy", act: copyOverlayLink },
    { label: t("shortcuts.title"), icon: "keyboard", act: showShortcuts },
  ]
}

/**
 * Those that hold every word that was typed.
 * @param {Entry[]} all
 * @param {string} typed
 */
function matching(all, typed) {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return all.filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word)))
}

/** Opens the command palette: type, choose with the arrow keys, Enter. */
export function openPalette() {
  if (document.querySelector("dialog.palette")) return
  let all = entries()
  /** @type {Entry[]} */
  let shown = []
  let chosen = 0
  const input = h("input", {
    class: "palette-input",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    "aria-label": t("palette.label"),
    placeholder: t("palette.label"),
    autocomplete: "off",
    spellcheck: "false",
  })
  const choices = h("div", {
    class: "palette-list",
    role: "listbox",
    id: "palette-list",
    "aria-label": t("palette.label"),
  })
  const none = h("p", { class: "palette-none", role: "status" })
  const dialog = h("dialog", { class: "dialog palette", "aria-label": t("palette.label") }, input, choices, none)

  /** @param {Entry | undefined} entry */
  const run = (entry) => {
    if (!entry) return
    dialog.close()
    entry.act()
  }
  const mark = () => {
    const options = [...choices.children]
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)))
    options[chosen]?.scrollIntoView({ block: "nearest" })
    if (options.length > 0) input.setAttribute("aria-activedescendant", `palette-${chosen}`)
    else input.removeAttribute("aria-activedescendant")
  }
  const render = () => {
    shown = matching(all, input.value)
    chosen = Math.min(chosen, Math.max(0, shown.length - 1))
    choices.replaceChildren(...shown.map((entry, index) =>
      h(
        "div",
        { class: "menu-item", role: "option", id: `palette-${index}`, onclick: () => run(entry) },
        icon(entry.icon),
        h("span", null, entry.label),
      )
    ))
    choices.hidden = shown.length === 0
    none.textContent = shown.length === 0 ? t("palette.none") : ""
    none.hidden = shown.length > 0
    mark()
  }
  input.addEventListener("input", () => {
    chosen = 0
    render()
  })
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Enter") run(shown[chosen])
    else if (step && shown.length > 0) chosen = (chosen + step + shown.length) % shown.length
    else return
    event.preventDefault()
    mark()
  })
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close())
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  input.focus()
  render()
  // The layouts come when they come; without them the rest still works.
  listAll("/api/layouts").then((layouts) => {
    const found = layouts.map(({ id, name }) => ({
      label: t("palette.layout", { name }),
      icon: "layouts",
      act: go(`/dashboard/overlay?layout=${encodeURIComponent(id)}`),
    }))
    all = [...entries(), ...found]
    if (dialog.isConnected) render()
  }, () => {})
}
