// @ts-check

/** @typedef {Node | string | number | false | null | undefined} Child a falsy one adds nothing, 0 is text */
/** @typedef {Record<string, any>} Props */

const SVG = "http://www.w3.org/2000/svg"

/** What the browser keeps apart from the attribute of that name. */
const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "hidden", "tabIndex", "open"])

/**
 * An element with its attributes, listeners and children; no text becomes markup.
 *
 * `class`, `dataset: {…}`, `style: {property: value}` (also custom properties), `on…: function` as a listener of the
 * event after the "on"; `true` sets an empty attribute, `false`, `null` and `undefined` set none; anything else is an
 * attribute.
 *
 * @type {{
 *   <Tag extends keyof HTMLElementTagNameMap>(
 *     tag: Tag, props?: Props | null, ...children: (Child | Child[])[]
 *   ): HTMLElementTagNameMap[Tag],
 *   (tag: string, props?: Props | null, ...children: (Child | Child[])[]): HTMLElement
 * }}
 */
export const h = (
  /** @type {string} */ tag,
  /** @type {Props | null | undefined} */ props = null,
  /** @type {(Child | Child[])[]} */ ...children
) => {
  const element = /** @type {any} */ (document.createElement(tag))
  // What a select or a slider may hold depends on its children and limits, so values come last.
  element.append(...nodes(children))
  const entries = Object.entries(props ?? {})
  for (const [name, value] of entries) if (!PROPERTIES.has(name)) set(element, name, value)
  for (const [name, value] of entries) if (PROPERTIES.has(name) && value != null) element[name] = value
  return element
}

/**
 * The same for a part of a drawing.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  element.append(...children)
  return element
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {any} value
 */
function set(element, name, value) {
  if (value === false || value == null) return
  if (name.startsWith("on") && typeof value === "function") {
    element.addEventListener(name.slice(2).toLowerCase(), value)
  } else if (name === "dataset") {
    Object.assign(element.dataset, value)
  } else if (name === "style") {
    // The content policy allows no style attribute; this way is the one it leaves.
    for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text)
  } else {
    element.setAttribute(name, value === true ? "" : String(value))
  }
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  return children.flat().filter((child) => child !== false && child != null && child !== "")
    .map((child) => child instanceof Node ? child : String(child))
}
