// @ts-check
import { h } from "./dom.js"
import { icon } from "./icon.js"

const GAP = 4

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {() => void} act
 * @property {string} [icon]
 * @property {string} [shortcut] as people read it
 * @property {boolean} [isDisabled]
 * @property {boolean} [isChecked]
 */

/**
 * Lets a menu of the page (`popover`, items `.menu-item`) open below its button and be walked through by arrow keys.
 * @param {HTMLElement} menu
 */
export function enhanceMenu(menu) {
  const opener = document.querySelector(`[popovertarget="${menu.id}"]`)
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return
    if (opener) place(menu, opener.getBoundingClientRect())
    items(menu)[0]?.focus()
  })
  menu.addEventListener("keydown", (event) => walk(menu, event))
}

/**
 * Shows a menu that is made for the moment; it goes when something is chosen, on Escape, and on a click beside it.
 * @param {MenuItem[]} choices
 * @param {Element | {x: number, y: number}} at the button it belongs to, or a point of the window
 * @param {string} label
 */
export function showMenu(choices, at, label) {
  const menu = h(
    "div",
    { class: "menu", popover: "auto", role: "menu", "aria-label": label },
    choices.map((choice) => item(choice, () => menu.hidePopover())),
  )
  const before = document.activeElement
  menu.addEventListener("keydown", (event) => walk(menu, event))
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") return
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body
    menu.remove()
    if (hadFocus && before instanceof HTMLElement) before.focus()
  })
  const home = at instanceof Element ? at.closest("dialog, main, header") : document.querySelector("main")
  // What lies outside an open dialog cannot be used, and what belongs to no landmark is not found.
  const around = home ?? document.body
  around.append(menu)
  menu.showPopover()
  place(menu, at instanceof Element ? at.getBoundingClientRect() : new DOMRect(at.x, at.y, 0, 0))
  items(menu)[0]?.focus()
  return menu
}

/**
 * @param {MenuItem} choice
 * @param {() => void} close
 */
function item({ label, act, icon: name, shortcut, isDisabled, isChecked }, close) {
  const choose = () => {
    close()
    act()
  }
  return h(
    "button",
    {
      class: "menu-item",
      type: "button",
      role: isChecked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": isChecked === undefined ? null : String(isChecked),
      disabled: isDisabled ?? false,
      tabindex: "-1",
      onclick: choose,
    },
    name && icon(name),
    h("span", null, label),
    shortcut && h("kbd", null, shortcut),
  )
}

/** @param {HTMLElement} menu */
function items(menu) {
  return /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(".menu-item:not(:disabled)")])
}

/**
 * @param {HTMLElement} menu
 * @param {KeyboardEvent} event
 */
function walk(menu, event) {
  const all = items(menu)
  const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key]
  if (event.key === "Tab") menu.hidePopover()
  if (next === undefined) return
  event.preventDefault()
  event.stopPropagation()
  all.at(next % all.length)?.focus()
}

/**
 * Below its place, or above where there is no room; always inside the window.
 * @param {HTMLElement} menu
 * @param {DOMRect} anchor
 */
function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect()
  const below = anchor.bottom + GAP
  const top = below + height <= innerHeight ? below : Math.max(GAP, anchor.top - GAP - height)
  const left = Math.max(GAP, Math.min(anchor.left, innerWidth - width - GAP))
  menu.style.setProperty("top", `${top}px`)
  menu.style.setProperty("left", `${left}px`)
}
