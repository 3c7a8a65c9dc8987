// @ts-check
import { isAttributeAllowed, isSourceAllowed, isStyleAllowed } from "./policy.js"
import { ViewError } from "./view-error.js"

/**
 * The key among the siblings, or null. A number would be mistaken for an index in paths.
 * @param {Record<string, any> | 0 | undefined} props
 * @returns {string | null}
 */
export function keyOf(props) {
  const key = props ? props.k ?? null : null
  if (key !== null && typeof key !== "string") throw new ViewError("a key is a string")
  return key
}

/**
 * Merges props into the element; null removes. What the policy forbids is left out, and the rest still shows.
 *
 * A refused value also takes away the one before it, so that a patched picture equals one that is built anew.
 * @param {Element} element
 * @param {Record<string, any>} props
 */
export function setProps(element, props) {
  if (typeof props !== "object" || props === null) throw new ViewError("props are an object")
  for (const [name, value] of Object.entries(props)) {
    if (name === "k") continue
    else if (name === "style") setStyle(/** @type {HTMLElement | SVGElement} */ (element), value)
    else if (name === "src") setSource(element, value)
    else setAttribute(element, name, value)
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
function setAttribute(element, name, value) {
  // Covers null too: neither null nor a structure is a value.
  const text = typeof value === "object" ? null : String(value)
  if (text === null || !isAttributeAllowed(name, text)) element.removeAttribute(name)
  else element.setAttribute(name, text)
}

/**
 * @param {Element} element
 * @param {unknown} address
 */
function setSource(element, address) {
  if (!(element instanceof HTMLImageElement)) return
  if (isSourceAllowed(address)) element.src = String(address)
  else element.removeAttribute("src")
}

/**
 * Property by property: the attribute as text would be refused by the page's own policy.
 * @param {HTMLElement | SVGElement} element
 * @param {Record<string, unknown> | null} style
 */
function setStyle(element, style) {
  if (style === null) element.removeAttribute("style")
  if (typeof style !== "object" || style === null) return
  for (const [property, value] of Object.entries(style)) {
    // First away with the old one, because the browser ignores a new value that it cannot read.
    element.style.removeProperty(property)
    if (value !== null && isStyleAllowed(property, String(value))) element.style.setProperty(property, String(value))
  }
}
