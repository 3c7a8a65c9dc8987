// @ts-check
/*
 * All the DOM a widget can ever cause. The server checks first; this second check holds even if the server is wrong.
 * Sets, not object literals: a tag named "constructor" must find nothing.
 */

export const SVG_NAMESPACE = "http://www.w3.org/2000/svg"

/** @param {string} list */
const words = (list) => new Set(list.split(" "))

const SVG_TAGS = words("svg g path circle rect line text")
const HTML_TAGS = words(
  "div span p b i em strong small s u br ul ol li img h1 h2 h3 h4 progress meter time",
)

const ATTRIBUTES = words(
  "class title alt dir lang role value max min width height datetime " +
    "viewBox d cx cy r x y x1 y1 x2 y2 rx ry fill stroke stroke-width stroke-linecap stroke-dasharray " +
    "stroke-dashoffset transform text-anchor preserveAspectRatio",
)
const ATTRIBUTE_FAMILY = /^(?:aria|data)-[\w.-]+$/
// These take a url(…), which names another document.
const PAINT_ATTRIBUTES = words("fill stroke")

const STYLE_PROPERTIES = words(
  "color background-color opacity width height left top right bottom transform flex order text-align font-weight " +
    "font-size animation-delay animation-duration stroke-dashoffset display visibility",
)
const CUSTOM_PROPERTY = /^--[\w-]+$/
const STYLE_VALUE_LIMIT = 256
// What fetches, what escapes this very check, and what could end a style sheet.
const UNSAFE_VALUE = /(?:url|image|image-set|src)\s*\(|expression|[\\<>]/i

// Package assets, uploads and the image proxy: paths of this host that answer with media only.
const SOURCE = /^\/(?:img|files|assets)\/[\w.\-/@~%]+$/
const CLIMBING = /\.\.|%2e|%2f|%5c/i

/** @param {unknown} tag */
export function isTagAllowed(tag) {
  return typeof tag === "string" && (HTML_TAGS.has(tag) || SVG_TAGS.has(tag))
}

/** @param {string} tag */
export function isSvgTag(tag) {
  return SVG_TAGS.has(tag)
}

/**
 * @param {string} name
 * @param {string} value
 */
export function isAttributeAllowed(name, value) {
  if (PAINT_ATTRIBUTES.has(name) && UNSAFE_VALUE.test(value)) return false
  return ATTRIBUTES.has(name) || ATTRIBUTE_FAMILY.test(name)
}

/**
 * @param {string} property
 * @param {string} value
 */
export function isStyleAllowed(property, value) {
  return (STYLE_PROPERTIES.has(property) || CUSTOM_PROPERTY.test(property)) && isStyleValueSafe(value)
}

/** @param {string} value */
export function isStyleValueSafe(value) {
  return value.length < STYLE_VALUE_LIMIT && !UNSAFE_VALUE.test(value)
}

/** @param {unknown} address */
export function isSourceAllowed(address) {
  return typeof address === "string" && SOURCE.test(address) && !CLIMBING.test(address)
}
