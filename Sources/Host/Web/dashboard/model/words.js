// @ts-check

/** @typedef {Record<string, string>} Catalogue */
/** @typedef {Record<string, string | number>} Arguments */

// Letters that run from right to left, and the signs that turn a direction round.
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/
const [ISOLATE, END] = ["\u2068", "\u2069"]

/**
 * What somebody wrote, so that its direction turns nothing of the sentence around it.
 * @param {string} text
 */
function isolated(text) {
  if (!TURNING.test(text)) return text
  let open = 0
  const kept = text.replace(/[\u2066-\u2069]/g, (sign) => {
    // One end too many would end ours.
    if (sign === END && open === 0) return ""
    open += sign === END ? -1 : 1
    return sign
  })
  return ISOLATE + kept + END.repeat(open + 1)
}

/**
 * What looks up the sentences of one language.
 *
 * `{name}` stands for an argument; numbers are written as the language does. Where the catalogue has `key.one` and
 * `key.other` instead of `key`, the argument `count` chooses by the language's own rule.
 *
 * @param {Catalogue} words
 * @param {string} locale
 */
export function speaker(words, locale) {
  const plural = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (/** @type {string} */ key, /** @type {Arguments} */ args = {}) => {
    const form = typeof args.count === "number" ? plural.select(args.count) : "other"
    const sentence = words[key] ?? words[`${key}.${form}`] ?? words[`${key}.other`]
    // A missing sentence is a mistake of ours; its key at least says which.
    if (sentence === undefined) return key
    return sentence.replace(/\{(\w+)\}/g, (whole, /** @type {string} */ name) => {
      const value = args[name]
      return typeof value === "number" ? numbers.format(value) : value === undefined ? whole : isolated(value)
    })
  }
}

/** @type {ReturnType<typeof speaker> | undefined} */
let ofPage

/**
 * A sentence in the language of the page; its catalogue stands in the page as `<script id="words">`.
 * @param {string} key such as `editor.publish`
 * @param {Arguments} [args]
 * @returns {string}
 */
export function t(key, args) {
  ofPage ??= speaker(JSON.parse(document.getElementById("words")?.textContent || "{}"), locale())
  return ofPage(key, args)
}

/** How dates and numbers are written: as the streamer has chosen, else as the browser does in the page's language. */
export function locale() {
  const language = document.documentElement.lang || "en"
  const { language: own = language } = navigator
  const wish = document.body?.dataset.locale || (own.split("-")[0] === language ? own : language)
  try {
    return Intl.getCanonicalLocales(wish)[0]
  } catch {
    // The host takes every tag of that form, also one that no browser knows.
    return language
  }
}

/** The streamer's time zone; `undefined`, the browser's, where none is chosen or this browser does not know it yet. */
export function timeZone() {
  const chosen = globalThis.document?.body?.dataset.timeZone || undefined
  try {
    return new Intl.DateTimeFormat("en", { timeZone: chosen }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/**
 * What writes a moment as the streamer has chosen, in their time zone.
 * @param {Intl.DateTimeFormatOptions} options
 */
export function dateFormat(options) {
  return new Intl.DateTimeFormat(locale(), { timeZone: timeZone(), ...options })
}
