// @ts-check
import { locale } from "./words.js"

/** A colour as themes and settings write it. */
export const IS_COLOR = /^#[0-9a-f]{6}$/i

/** What running text needs at least (WCAG 2.2, 1.4.3). */
export const ENOUGH_FOR_TEXT = 4.5

/**
 * The smaller of the ratios over a black and over a white game: 1 (cannot be seen) to 21.
 *
 * Ratio and luminance as WCAG 2.2 defines them; the host counts the same way.
 *
 * @param {string} text `#RRGGBB`
 * @param {string} background the panel's colour, `#RRGGBB`
 * @param {number} alpha how much of the panel covers what is behind it, 0 to 1
 */
export function worstContrast(text, background, alpha) {
  const panel = channels(background)
  return Math.min(...[0, 255].map((game) => {
    // A pixel has whole channels.
    const seen = panel.map((channel) => Math.round(channel * alpha + game * (1 - alpha)))
    const [darker, lighter] = [luminance(channels(text)), luminance(seen)].sort((a, b) => a - b)
    return (lighter + 0.05) / (darker + 0.05)
  }))
}

/**
 * Whether a ratio is enough for text, and the sentence that says so, as a key of the catalogue of words.
 * @param {number} ratio
 * @param {string} [language]
 */
export function judgeContrast(ratio, language = locale()) {
  const isEnough = ratio >= ENOUGH_FOR_TEXT
  const { format } = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  // Rounded up it would say 4.5 of what is less.
  const shown = format(isEnough ? ratio : Math.floor(ratio * 10) / 10)
  const key = isEnough ? "contrast.ratio" : "contrast.ratio-low"
  return { isEnough, key, args: { ratio: shown, wanted: format(ENOUGH_FOR_TEXT) } }
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16))
}

/** @param {number[]} color */
function luminance(color) {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
