// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { WIDGETS_LIMIT } from "../model/layout.js"
import { t } from "../model/words.js"
import { iconOf } from "./icons.js"
import { showLive } from "./live-picture.js"

/**
 * @typedef {import("../model/layout.js").WidgetType} WidgetType
 *
 * @typedef {object} PickerActs
 * @property {(type: string) => void} add
 * @property {(type: string) => void} carry begins to draw one to the canvas
 */

// A click is not a drag.
const THRESHOLD = 6

/**
 * The widgets that can be added, with a search: a click adds one, drawing one out puts it where it is let go.
 * @param {WidgetType[]} types
 * @param {number} count of widgets on the layout
 * @param {HTMLElement} opener
 * @param {PickerActs} acts
 */
export function openPicker(types, count, opener, acts) {
  const left = WIDGETS_LIMIT - count
  const search = h("input", {
    class: "input",
    type: "search",
    "aria-label": t("editor.search-widgets"),
    placeholder: t("editor.search-widgets"),
    autocomplete: "off",
  })
  const none = h("p", { class: "picker-none", hidden: true, role: "status" }, t("editor.no-match"))
  const close = () => popover.hidePopover()
  const cards = types.map((type) => ({ type, element: card(type, left > 0, acts, close) }))
  const popover = h(
    "div",
    { class: "picker", popover: "auto", role: "dialog", "aria-label": t("editor.add-widget") },
    h(
      "div",
      { class: "picker-head" },
      search,
      h("span", { class: "meta" }, t("editor.count", { count, limit: WIDGETS_LIMIT })),
    ),
    left <= 0 && h("p", { class: "notice warn" }, t("editor.full-layout", { limit: WIDGETS_LIMIT })),
    h("ul", { class: "picker-list" }, cards.map(({ element }) => element)),
    none,
  )
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLocaleLowerCase()
    let shown = 0
    for (const { type, element } of cards) {
      const text = `${type.name} ${type.description} ${t(`editor.category-${type.category}`)} ${type.author}`
        .toLocaleLowerCase()
      element.hidden = !wanted.split(/\s+/).every((word) => text.includes(word))
      if (!element.hidden) shown += 1
    }
    none.hidden = shown > 0
  })
  popover.addEventListener("keydown", (event) => walk(popover, search, event))
  popover.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") return
    const hadFocus = popover.contains(document.activeElement) || document.activeElement === document.body
    popover.remove()
    if (hadFocus) opener.focus()
  })
  document.body.append(popover)
  popover.showPopover()
  const { left: x, bottom } = opener.getBoundingClientRect()
  const { width } = popover.getBoundingClientRect()
  popover.style.setProperty("left", `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`)
  popover.style.setProperty("top", `${Math.min(bottom + 4, Math.max(8, innerHeight - popover.offsetHeight - 8))}px`)
  search.focus()
  return popover
}

/**
 * @param {WidgetType} type
 * @param {boolean} hasRoom
 * @param {PickerActs} acts
 * @param {() => void} close
 */
function card(type, hasRoom, acts, close) {
  const thumb = h("span", { class: "picker-thumb", "aria-hidden": "true" }, icon(iconOf(type)))
  const button = h(
    "button",
    { class: "picker-card", type: "button", disabled: !hasRoom, dataset: { type: type.id } },
    thumb,
    h(
      "span",
      { class: "picker-text" },
      h(
        "span",
        { class: "picker-name" },
        type.name,
        h("span", { class: "badge" }, t(`editor.category-${type.category}`)),
      ),
      h("span", { class: "hint" }, type.description),
    ),
  )
  button.addEventListener("click", () => {
    close()
    acts.add(type.id)
  })
  showLive(button, thumb, type)
  button.addEventListener("pointerdown", (start) => {
    // A finger that moves scrolls the list.
    if (start.button !== 0 || start.pointerType === "touch") return
    const watch = new AbortController()
    const { signal } = watch
    addEventListener("pointermove", (event) => {
      if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < THRESHOLD) return
      watch.abort()
      close()
      acts.carry(type.id)
    }, { signal })
    addEventListener("pointerup", () => watch.abort(), { signal })
    addEventListener("pointercancel", () => watch.abort(), { signal })
  })
  return h("li", null, button)
}

/**
 * @param {HTMLElement} popover
 * @param {HTMLElement} search
 * @param {KeyboardEvent} event
 */
function walk(popover, search, event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
  const all = /** @type {HTMLElement[]} */ (
    [...popover.querySelectorAll("li:not([hidden]) .picker-card:not(:disabled)")]
  )
  const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  const next = now + (event.key === "ArrowDown" ? 1 : -1)
  event.preventDefault()
  if (next < 0) search.focus()
  else all[Math.min(next, all.length - 1)]?.focus()
}
