// @ts-check
import { svg } from "./dom.js"

const SHEET = new URL("../icons.svg", import.meta.url).pathname

/**
 * One of our own icons (`icons.svg`), hidden from screen readers: the control beside it has the name.
 * @param {string} name
 */
export function icon(name) {
  const drawing = svg("svg", { class: "icon", "aria-hidden": "true" })
  drawing.append(svg("use", { href: `${SHEET}#${name}` }))
  return drawing
}
