// @ts-check
import { h } from "./dom.js"
import { icon } from "./icon.js"

/**
 * @typedef {object} Option
 * @property {unknown} value
 * @property {string} title
 * @property {string} [face] the font it is shown in
 *
 * @typedef {object} ComboboxParts
 * @property {() => Option[]} options
 * @property {() => unknown} chosen
 * @property {(option: Option) => void} choose
 * @property {() => void} leave brings the text back to what is chosen, where it stands for nothing
 * @property {() => void} [escape] brings everything back to what it was when the field was entered
 * @property {boolean} [takesOthers] whether what is not in the list may be typed, so that typing marks nothing of it
 */

const GAP = 4

/**
 * Makes a text field one that offers a list, as the ARIA pattern "combobox" has it: typing filters, arrows walk,
 * Enter takes, Escape leaves everything as it was.
 *
 * @param {HTMLInputElement} input with its id and where it stands
 * @param {ComboboxParts} parts
 */
export function enhanceCombobox(input, { options, chosen, choose, leave, escape = leave, takesOthers = false }) {
  const list = h("ul", { class: "options", role: "listbox", popover: "manual", id: `${input.id}-options` })
  /** @type {{option: Option, element: HTMLElement}[]} */
  let rows = []
  let active = -1
  const unmark = () => {
    active = -1
    input.removeAttribute("aria-activedescendant")
  }
  for (
    const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })
  ) input.setAttribute(name, value)
  const frame = h("div", { class: "combobox-frame" })
  input.replaceWith(frame)
  frame.append(input, icon("chevron-down"), list)

  const isOpen = () => list.matches(":popover-open")
  const walk = (/** @type {number} */ to) => {
    rows[active]?.element.classList.remove("is-active")
    active = rows.length === 0 ? -1 : (to + rows.length) % rows.length
    const row = rows[active]?.element
    row?.classList.add("is-active")
    row?.scrollIntoView({ block: "nearest" })
    if (row) input.setAttribute("aria-activedescendant", row.id)
    else input.removeAttribute("aria-activedescendant")
  }
  const close = () => {
    if (isOpen()) list.hidePopover()
    input.setAttribute("aria-expanded", "false")
    unmark()
  }
  const take = (/** @type {Option} */ option) => {
    close()
    choose(option)
    leave()
  }
  const open = (/** @type {string} */ filter) => {
    const wanted = filter.trim().toLocaleLowerCase()
    const found = options().filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
    rows = found.map((option, index) => ({ option, element: row(option, index) }))
    list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "")
    list.replaceChildren(...rows.map(({ element }) => element))
    if (rows.length === 0) return close()
    if (!isOpen()) list.showPopover()
    place(list, input.getBoundingClientRect())
    input.setAttribute("aria-expanded", "true")
    const now = rows.findIndex(({ option }) => option.value === chosen())
    unmark()
    if (now >= 0 || (wanted && !takesOthers)) walk(Math.max(now, 0))
  }
  const row = (/** @type {Option} */ option, /** @type {number} */ index) =>
    h("li", {
      role: "option",
      id: `${list.id}-${index}`,
      class: "option",
      "aria-selected": String(option.value === chosen()),
      style: option.face ? { "font-family": `"${option.face}", system-ui` } : {},
      onclick: () => take(option),
    }, option.title)

  input.addEventListener("click", () => isOpen() ? close() : (input.select(), open("")))
  input.addEventListener("input", () => open(input.value))
  input.addEventListener("blur", () => {
    close()
    leave()
  })
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (isOpen()) walk(active < 0 && step < 0 ? -1 : active + step)
      else open("")
    } else if (event.key === "Enter" && isOpen() && active >= 0) {
      event.preventDefault()
      take(rows[active].option)
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault()
      event.stopPropagation()
      close()
      escape()
    }
  })
  // The focus stays in the field while somebody presses in the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault())
  // A list that floats follows its field.
  const watch = new AbortController()
  addEventListener("scroll", (event) => {
    if (!input.isConnected) watch.abort()
    else if (isOpen() && event.target !== list) place(list, input.getBoundingClientRect())
  }, { capture: true, signal: watch.signal })
}

/**
 * @param {HTMLElement} list
 * @param {DOMRect} field
 */
function place(list, field) {
  list.style.setProperty("left", `${field.left}px`)
  list.style.setProperty("width", `${field.width}px`)
  const height = list.offsetHeight
  const below = field.bottom + GAP
  const top = below + height <= innerHeight ? below : Math.max(GAP, field.top - GAP - height)
  list.style.setProperty("top", `${top}px`)
}
