// @ts-check
import { ENOUGH_FOR_TEXT, IS_COLOR, worstContrast } from "./contrast.js"

/**
 * @typedef {object} Variables
 * @property {string} primary
 * @property {string} secondary
 * @property {string} accent
 * @property {string} background
 * @property {number} backgroundAlpha
 * @property {string} text
 * @property {string} mutedText
 * @property {number} radius
 * @property {number} spacing
 * @property {string} headingFont
 * @property {string} bodyFont
 * @property {number} fontScale
 */

export const COLORS = /** @type {const} */ (["text", "mutedText", "primary", "secondary", "accent", "background"])
export const SCALES = [0.85, 1, 1.2]
/** Pixels of radius and spacing. */
export const MOST_PIXELS = 32
/** Bytes of a file; the host refuses a larger one, too. */
export const MOST_BYTES = 262_144

/**
 * The presets, each its name and its colours: primary, secondary, accent, background, its alpha, text, muted text.
 * @type {[string, string, string, string, string, number, string, string][]}
 */
const TABLE = [
  ["Signal", "#5EA8FF", "#3DD68C", "#F5B942", "#10141C", 0.86, "#FFFFFF", "#C3CBD9"],
  ["Neon", "#FF4FD8", "#29E7FF", "#F9F871", "#0B0620", 0.84, "#FFFFFF", "#CFC4F2"],
  ["Minimal", "#FFFFFF", "#C9CED8", "#FFFFFF", "#111111", 0.8, "#FFFFFF", "#CFCFCF"],
  ["Paper", "#B4232C", "#1D5FBF", "#7A4B00", "#FBF7EE", 0.94, "#1B1A17", "#4A463D"],
  ["Sunset", "#FF8A5C", "#FF86AC", "#FFD166", "#1E1024", 0.84, "#FFF6EE", "#E3CFDA"],
  ["Forest", "#7BD88F", "#4EC9B0", "#E9C46A", "#0E1A14", 0.84, "#F4FBF6", "#BFD6C7"],
  ["High contrast", "#FFFF00", "#00FFFF", "#FFFFFF", "#000000", 1, "#FFFFFF", "#FFFFFF"],
]

export const PRESETS = TABLE.map(
  ([name, primary, secondary, accent, background, backgroundAlpha, text, mutedText]) => ({
    id: name.toLowerCase().replaceAll(" ", "-"),
    // It stays as it is in every language: a theme that is made of it is called so.
    name,
    colors: { primary, secondary, accent, background, backgroundAlpha, text, mutedText },
  }),
)

/**
 * The worst ratio of each colour that text is written in.
 * @param {Variables} variables
 * @returns {{name: string, ratio: number, isEnough: boolean}[]}
 */
export function contrasts(variables) {
  return COLORS.filter((name) => name !== "background").map((name) => {
    const ratio = worstContrast(variables[name], variables.background, variables.backgroundAlpha)
    return { name, ratio, isEnough: ratio >= ENOUGH_FOR_TEXT }
  })
}

/**
 * The variables as the overlay's page has them.
 * @param {Variables} variables
 * @returns {Record<string, string>}
 */
export function cssVariables(variables) {
  return {
    "--th-primary": variables.primary,
    "--th-secondary": variables.secondary,
    "--th-accent": variables.accent,
    "--th-background": variables.background,
    "--th-background-alpha": String(variables.backgroundAlpha),
    "--th-text": variables.text,
    "--th-muted": variables.mutedText,
    "--th-radius": `${variables.radius}px`,
    "--th-space": `${variables.spacing}px`,
    "--th-font-head": `"${variables.headingFont}", system-ui, sans-serif`,
    "--th-font-body": `"${variables.bodyFont}", system-ui, sans-serif`,
    "--th-scale": String(variables.fontScale),
  }
}

/** Why a file is no theme: `theme.refused-<reason>` says it, `field` where there is one. */
export class ThemeFileError extends Error {
  /**
   * @param {"size" | "json" | "form" | "format" | "missing" | "unknown" | "value"} reason
   * @param {string} [field]
   */
  constructor(reason, field = "") {
    super(reason)
    this.reason = reason
    this.field = field
  }
}

/** @param {unknown} value */
const isColor = (value) => typeof value === "string" && IS_COLOR.test(value)
/** @param {unknown} value */
const isPixels = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_PIXELS
// Letters, digits and a little more: a quote would leave the string of the style sheet.
/** @param {unknown} value */
const isFont = (value) =>
  typeof value === "string" && value.length <= 100 &&
  /^[\p{L}\p{N}\-_.&+](?:[\p{L}\p{N} \-_.&+]*[\p{L}\p{N}\-_.&+])?$/u.test(value)

/** @type {Record<keyof Variables, (value: any) => boolean>} */
const CHECKS = {
  primary: isColor,
  secondary: isColor,
  accent: isColor,
  background: isColor,
  backgroundAlpha: (value) => typeof value === "number" && value >= 0 && value <= 1,
  text: isColor,
  mutedText: isColor,
  radius: isPixels,
  spacing: isPixels,
  headingFont: isFont,
  bodyFont: isFont,
  fontScale: (value) => SCALES.includes(value),
}
export const VARIABLES = /** @type {(keyof Variables)[]} */ (Object.keys(CHECKS))

/**
 * Reads a theme's file from anywhere; nothing of it is used before all of it is right.
 * @param {string} text
 * @returns {{name: string, variables: Variables}}
 */
export function readThemeFile(text) {
  if (new TextEncoder().encode(text).length > MOST_BYTES) throw new ThemeFileError("size")
  let file
  try {
    file = JSON.parse(text)
  } catch {
    throw new ThemeFileError("json")
  }
  if (!isObject(file) || !isObject(file.variables)) throw new ThemeFileError("form")
  const isOurs = (file.format ?? "streamvibes-theme") === "streamvibes-theme" && (file.version ?? 1) === 1
  if (!isOurs) throw new ThemeFileError("format")
  expectOnly(file, ["format", "version", "name", "variables"])
  expectOnly(file.variables, VARIABLES)
  const { name, variables } = file
  if (typeof name !== "string" || name === "" || [...name].length > 80) throw new ThemeFileError("value", "name")
  for (const field of VARIABLES) {
    if (!Object.hasOwn(variables, field)) throw new ThemeFileError("missing", field)
    if (!CHECKS[field](variables[field])) throw new ThemeFileError("value", field)
  }
  return { name, variables: /** @type {any} */ (variables) }
}

/**
 * What a theme would change: name, value now, value then.
 * @param {Variables} now
 * @param {Variables} then
 */
export function differences(now, then) {
  return VARIABLES.filter((name) => now[name] !== then[name])
    .map((name) => ({ name, now: now[name], then: then[name] }))
}

/**
 * @param {any} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/**
 * @param {object} value
 * @param {string[]} names
 */
function expectOnly(value, names) {
  const other = Object.keys(value).find((name) => !names.includes(name))
  // A name may have any length; enough of it to be found is.
  if (other !== undefined) throw new ThemeFileError("unknown", other.slice(0, 40))
}
