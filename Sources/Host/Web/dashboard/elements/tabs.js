// @ts-check
import { h } from "./dom.js"

let count = 0

/**
 * Tabs with their panels; arrow keys, Home and End change the tab.
 * @param {string} label what the tabs choose among
 * @param {{id: string, label: string, panel: HTMLElement}[]} tabs
 * @param {(id: string) => void} [chosen]
 * @returns {HTMLElement}
 */
export function tabs(label, tabs, chosen) {
  count += 1
  const names = tabs.map((tab) => `tab-${count}-${tab.id}`)
  const buttons = tabs.map((tab, index) =>
    h("button", {
      class: "tab",
      type: "button",
      role: "tab",
      id: names[index],
      "aria-controls": `${names[index]}-panel`,
      onclick: () => choose(index),
    }, tab.label)
  )
  tabs.forEach(({ panel }, index) => {
    panel.id = `${names[index]}-panel`
    panel.setAttribute("role", "tabpanel")
    panel.setAttribute("aria-labelledby", names[index])
    panel.tabIndex = 0
  })

  /** @param {number} index */
  function choose(index) {
    buttons.forEach((button, other) => {
      button.setAttribute("aria-selected", String(other === index))
      button.tabIndex = other === index ? 0 : -1
      tabs[other].panel.hidden = other !== index
    })
    chosen?.(tabs[index].id)
  }

  /** @param {KeyboardEvent} event */
  const walk = (event) => {
    const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target))
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined || now < 0) return
    event.preventDefault()
    const index = (next + buttons.length) % buttons.length
    choose(index)
    buttons[index].focus()
  }
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": label, onkeydown: walk }, buttons)
  const element = h("div", null, bar, tabs.map((tab) => tab.panel))
  choose(0)
  return element
}
