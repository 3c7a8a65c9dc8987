// @ts-check
import { IS_COLOR } from "./contrast.js"
import { fieldOf, optionsOf } from "./schema-form.js"

/**
 * @typedef {import("./schema-form.js").Field} Field
 * @typedef {import("./schema-form.js").Schema} Schema
 *
 * @typedef {object} Complaint what is wrong with a text, as a key of the catalogue of words
 * @property {string} key
 * @property {Record<string, string | number>} [args]
 *
 * @typedef {{value: unknown, complaint?: undefined} | {complaint: Complaint, value?: undefined}} Reading
 */

const SHORT_COLOR = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * What a setting's field shows for a value.
 * @param {Field} field
 * @param {unknown} value
 * @returns {string}
 */
export function textOf(field, value) {
  if (value === null || value === undefined) return ""
  if (field.kind === "lines") return Array.isArray(value) ? value.join("\n") : ""
  if (field.kind === "date-time") return localMoment(String(value))
  return String(value)
}

/**
 * The value that a text stands for, or why it stands for none.
 * @param {Field} field
 * @param {string} text
 * @returns {Reading}
 */
export function read(field, text) {
  switch (field.kind) {
    case "number":
      return readNumber(field.schema, text)
    case "lines":
      return readLines(field.schema, text)
    default:
      return readText(field, text)
  }
}

/**
 * @param {Schema} schema
 * @param {string} text
 * @returns {Reading}
 */
function readNumber(schema, text) {
  const written = text.trim().replace(/^([+-]?\d*),(\d+)$/, "$1.$2")
  const value = written === "" ? Number.NaN : Number(written)
  const { minimum = -Infinity, maximum = Infinity, multipleOf } = schema
  const isWhole = schema.type !== "integer" || Number.isInteger(value)
  const fits = Number.isFinite(value) && isWhole && value >= minimum && value <= maximum &&
    isMultiple(value, multipleOf)
  return fits ? { value } : { complaint: numberComplaint(schema) }
}

/**
 * @param {number} value
 * @param {number | undefined} step
 */
function isMultiple(value, step) {
  if (!step) return true
  // 0.1 has no exact form: what misses a multiple by a hair is one.
  return Math.abs(value / step - Math.round(value / step)) < 1e-6
}

/**
 * @param {Schema} schema
 * @returns {Complaint}
 */
function numberComplaint({ type, minimum, maximum, multipleOf }) {
  const kind = multipleOf && multipleOf !== 1 ? "multiple" : type === "integer" ? "number" : "decimal"
  const step = /** @type {Record<string, number>} */ (kind === "multiple" ? { step: multipleOf } : {})
  if (minimum !== undefined && maximum !== undefined) {
    return { key: `form.error-${kind}-range`, args: { minimum, maximum, ...step } }
  }
  if (minimum !== undefined) return { key: `form.error-${kind}-least`, args: { minimum, ...step } }
  if (maximum !== undefined) return { key: `form.error-${kind}-most`, args: { maximum, ...step } }
  return { key: `form.error-${kind}`, args: step }
}

/**
 * @param {Field} field
 * @param {string} text
 * @returns {Reading}
 */
function readText(field, text) {
  const { schema } = field
  const value = field.kind === "color"
    ? fullColor(text.trim())
    : ["uri", "date"].includes(field.kind)
    ? text.trim()
    : text
  if (value === "" && !schema.minLength) return { value }
  if (field.kind === "color") return IS_COLOR.test(value) ? { value } : { complaint: { key: "form.error-color" } }
  const length = countCharacters(value)
  const { minLength = 0, maxLength = Infinity } = schema
  if (length < minLength || length > maxLength) {
    return { complaint: lengthComplaint(minLength, maxLength) }
  }
  switch (field.kind) {
    case "date":
      return isDay(value) ? { value } : { complaint: { key: "form.error-date" } }
    case "date-time":
      return readMoment(value)
    case "uri":
      return isAddress(value) ? { value } : { complaint: { key: "form.error-uri" } }
    case "multiline":
      return { value }
    default:
      return readLine(schema, value)
  }
}

/**
 * @param {Schema} schema
 * @param {string} value
 * @returns {Reading}
 */
function readLine(schema, value) {
  if (/[\r\n\u0085\u2028\u2029\v\f]/.test(value)) return { complaint: { key: "form.error-line-break" } }
  if (!schema.pattern || matches(schema.pattern, value)) return { value }
  const wanted = schema["x-wanted"]
  return { complaint: wanted ? { key: "form.error-pattern", args: { wanted } } : { key: "form.error-form" } }
}

/**
 * @param {number} least
 * @param {number} most
 * @returns {Complaint}
 */
function lengthComplaint(least, most) {
  if (most === Infinity) return { key: "form.error-length-least", args: { count: least } }
  if (least > 0 && least === most) return { key: "form.error-length-exact", args: { count: most } }
  if (least > 0) return { key: "form.error-length", args: { minimum: least, maximum: most } }
  return { key: "form.error-length-most", args: { count: most } }
}

/**
 * @param {Schema} schema of an array of texts
 * @param {string} text one value a line; empty lines are none
 * @returns {Reading}
 */
function readLines(schema, text) {
  const element = fieldOf("", schema.items ?? { type: "string" })
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "")
  if (schema.maxItems !== undefined && lines.length > schema.maxItems) {
    return { complaint: { key: "form.error-lines", args: { count: schema.maxItems } } }
  }
  /** @type {unknown[]} */
  const values = []
  for (const [index, line] of lines.entries()) {
    const { value, complaint } = read(element, line)
    if (complaint) {
      return {
        complaint: {
          key: "form.error-of-line",
          args: { line: index + 1, text: line, of: complaint.key, ...complaint.args },
        },
      }
    }
    if (schema.uniqueItems && values.includes(value)) {
      return { complaint: { key: "form.error-twice", args: { text: line } } }
    }
    values.push(value)
  }
  return { value: values }
}

/**
 * Characters as people count them, and as the host does.
 * @param {string} text
 */
export function countCharacters(text) {
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].length
}

/**
 * `#abc` and `abc` are what people write; the host takes `#aabbcc`.
 * @param {string} text
 */
function fullColor(text) {
  const short = SHORT_COLOR.exec(text)
  if (short) return `#${short.slice(1).map((digit) => digit + digit).join("")}`
  return /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text
}

/** @param {string} text */
function isDay(text) {
  const [, year, month, day] = DAY.exec(text)?.map(Number) ?? []
  if (!year) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  date.setUTCFullYear(year)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** @param {string} text */
function isAddress(text) {
  return /^https?:\/\/\S+$/.test(text)
}

/**
 * A moment as the browser's field writes it, in the time of this computer, or as the host does.
 * @param {string} text
 * @returns {Reading}
 */
function readMoment(text) {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) return { complaint: { key: "form.error-date-time" } }
  return { value: moment.toISOString().replace(/\.000Z$/, "Z") }
}

/**
 * What a field of the browser's shows for a moment: the time of this computer, without a zone.
 * @param {string} text
 */
function localMoment(text) {
  const moment = new Date(text)
  if (text === "" || Number.isNaN(moment.getTime())) return ""
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0")
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`
}

/**
 * @param {string} pattern
 * @param {string} text
 */
function matches(pattern, text) {
  try {
    return new RegExp(pattern, "u").test(text)
  } catch {
    // The host has the last word on a pattern that this browser cannot read.
    return true
  }
}

/**
 * Whether the host will take a value: its own checks, as far as a page can know them.
 * @param {Schema} schema
 * @param {unknown} value
 * @returns {boolean}
 */
export function isFit(schema, value) {
  const field = fieldOf("", schema)
  switch (field.kind) {
    case "switch":
      return typeof value === "boolean"
    case "choice":
      return optionsOf(schema).some((option) => option.value === value)
    case "object": {
      const values = /** @type {Record<string, unknown>} */ (value ?? {})
      return Object.entries(schema.properties ?? {}).every(([name, one]) => isFit(one, values[name] ?? one.default))
    }
    case "set":
    case "rows":
    case "lines":
      return Array.isArray(value) && value.length <= (schema.maxItems ?? Infinity) &&
        value.every((item) => isFit(schema.items ?? {}, item))
    case "date-time":
      return typeof value === "string" && read(field, value).complaint === undefined
    default:
      return value !== null && value !== undefined && read(field, textOf(field, value)).complaint === undefined
  }
}
