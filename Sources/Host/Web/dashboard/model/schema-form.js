// @ts-check

/**
 * @typedef {object} Schema the part of JSON Schema that settings are written in (contract section 5)
 * @property {string} [type]
 * @property {string} [format]
 * @property {string} [title]
 * @property {string} [description]
 * @property {unknown} [default]
 * @property {unknown[]} [enum]
 * @property {{const: unknown, title?: string}[]} [oneOf]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [multipleOf]
 * @property {number} [minLength]
 * @property {number} [maxLength]
 * @property {string} [pattern]
 * @property {Schema} [items]
 * @property {number} [maxItems]
 * @property {boolean} [uniqueItems]
 * @property {Record<string, Schema>} [properties]
 * @property {string[]} [required]
 * @property {string} [x-group]
 * @property {string} [x-unit]
 * @property {string} [x-wanted] what the pattern takes, in words
 * @property {{field: string, is: unknown[]}} [x-when]
 * @property {boolean} [x-live]
 *
 * @typedef {Schema & {properties: Record<string, Schema>}} ObjectSchema
 *
 * @typedef {"switch" | "number" | "choice" | "text" | "multiline" | "color" | "date" | "date-time" | "uri" | "font"
 *   | "asset" | "lines" | "set" | "rows" | "object"} FieldKind
 *
 * @typedef {object} Field one setting of the form
 * @property {string} name
 * @property {FieldKind} kind
 * @property {string} title
 * @property {string} description
 * @property {string} unit
 * @property {boolean} isOptional whether an empty text stands for "not set"
 * @property {Schema} schema
 * @property {{field: string, is: unknown[]} | null} when
 * @property {boolean} restarts whether a change begins the widget anew
 *
 * @typedef {{title: string, fields: Field[]}} Group
 */

// A slider of more steps than it has pixels cannot be set to a number.
const SLIDER_STEPS = 1_000
/** @type {Record<string, FieldKind>} */
const KINDS_OF_FORMATS = {
  color: "color",
  date: "date",
  "date-time": "date-time",
  uri: "uri",
  font: "font",
  multiline: "multiline",
  "asset-image": "asset",
  "asset-sound": "asset",
  "asset-video": "asset",
}

/**
 * The settings in the order of the schema, those of a group together where its first one stands.
 * @param {Schema} schema of an object
 * @returns {Group[]} the one without a title holds what belongs to none
 */
export function groupsOf(schema) {
  /** @type {Map<string, Field[]>} */
  const groups = new Map()
  for (const field of fieldsOf(schema)) {
    const title = field.schema["x-group"] ?? ""
    groups.set(title, [...(groups.get(title) ?? []), field])
  }
  return [...groups].map(([title, fields]) => ({ title, fields }))
}

/**
 * @param {Schema} schema of an object
 * @returns {Field[]}
 */
export function fieldsOf(schema) {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => fieldOf(name, property))
}

/**
 * @param {string} name
 * @param {Schema} schema
 * @returns {Field}
 */
export function fieldOf(name, schema) {
  const kind = kindOf(schema)
  return {
    name,
    kind,
    title: schema.title ?? name,
    description: schema.description ?? "",
    unit: schema["x-unit"] ?? "",
    isOptional: schema.type === "string" && kind !== "choice" && !schema.minLength,
    schema,
    when: schema["x-when"] ?? null,
    restarts: schema["x-live"] === false,
  }
}

/**
 * What a setting is asked with.
 * @param {Schema} schema
 * @returns {FieldKind}
 */
export function kindOf(schema) {
  if (schema.enum || schema.oneOf) return "choice"
  switch (schema.type) {
    case "boolean":
      return "switch"
    case "integer":
    case "number":
      return "number"
    case "object":
      return "object"
    case "array":
      return kindOfList(schema)
    default:
      return (schema.format && Object.hasOwn(KINDS_OF_FORMATS, schema.format))
        ? KINDS_OF_FORMATS[schema.format]
        : "text"
  }
}

/**
 * @param {Schema} schema of an array
 * @returns {FieldKind}
 */
function kindOfList({ items = {}, uniqueItems }) {
  const kind = kindOf(items)
  if (kind === "choice" && uniqueItems) return "set"
  return kind === "text" || kind === "uri" ? "lines" : "rows"
}

/**
 * The values of a choice and what the form calls them.
 * @param {Schema} schema
 * @returns {{value: unknown, title: string}[]}
 */
export function optionsOf(schema) {
  if (schema.oneOf) return schema.oneOf.map((one) => ({ value: one.const, title: one.title ?? String(one.const) }))
  return (schema.enum ?? []).map((value) => ({ value, title: String(value) }))
}

/**
 * Whether a number is also asked with a slider: only where it has ends, and not too many steps between them.
 * @param {Schema} schema
 */
export function hasSlider({ type, minimum, maximum, multipleOf }) {
  if (minimum === undefined || maximum === undefined || maximum <= minimum) return false
  return (maximum - minimum) / stepOf({ type, minimum, maximum, multipleOf }) <= SLIDER_STEPS
}

/**
 * How far one step of a slider or an arrow key goes.
 * @param {Schema} schema
 */
export function stepOf({ type, multipleOf, minimum = 0, maximum = 0 }) {
  if (multipleOf) return multipleOf
  if (type === "integer") return 1
  // A hundred steps, rounded to a power of ten: 0.01 from 0 to 1, 0.1 from 0 to 10.
  const range = maximum - minimum
  return range > 0 ? 10 ** Math.floor(Math.log10(range / 100) + 1e-9) : 0.01
}

/**
 * The kind of file that a setting takes.
 * @param {Schema} schema
 * @returns {"image" | "sound" | "video"}
 */
export function assetKind(schema) {
  return /** @type {"image" | "sound" | "video"} */ ((schema.format ?? "asset-image").slice("asset-".length))
}

/**
 * Whether the form shows a setting, by the other settings of its object.
 * @param {Pick<Field, "when">} field
 * @param {Record<string, unknown>} values of the same object, complete
 */
export function isShown({ when }, values) {
  return when === null || when.is.includes(values[when.field])
}

/**
 * What a setting is when nobody has chosen.
 * @param {Schema} schema
 * @returns {unknown}
 */
export function defaultOf(schema) {
  if (schema.default !== undefined) return schema.default
  const options = optionsOf(schema)
  if (options.length > 0) return options[0].value
  switch (schema.type) {
    case "boolean":
      return false
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 0, 0))
    case "array":
      return []
    case "object":
      return defaultsOf(schema)
    default:
      return ""
  }
}

/**
 * @param {Schema} schema of an object
 * @returns {Record<string, unknown>}
 */
export function defaultsOf(schema) {
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, defaultOf(one)]))
}

/**
 * A value for every setting, those that are missing by default.
 * @param {Schema} schema of an object
 * @param {Record<string, unknown>} values
 */
export function completed(schema, values) {
  return { ...defaultsOf(schema), ...values }
}
