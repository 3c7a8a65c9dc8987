// @ts-check
import { listAll } from "./api.js"
import { t } from "./words.js"

const MOST_OF_KEY = 60
/** What people read in a schema; everything else in it is for the program. */
const READ = new Set(["title", "description", "x-group"])
const VALUES = new Set(["default", "const", "enum"])

/** The catalogue with its names and settings in the language of the page. @returns {Promise<any[]>} */
export async function widgetTypes() {
  return (await listAll("/api/widget-types")).map((type) => ({
    ...type,
    name: sentence(type.name),
    description: sentence(type.description),
    configSchema: inLanguage(type.configSchema),
  }))
}

/**
 * A schema in the language of the page.
 * @param {any} schema
 * @param {(text: string) => string} [translate]
 * @returns {any}
 */
export function inLanguage(schema, translate = sentence) {
  if (Array.isArray(schema)) return schema.map((part) => inLanguage(part, translate))
  if (typeof schema !== "object" || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([name, part]) => {
      if (VALUES.has(name)) return [name, part]
      return [name, READ.has(name) && typeof part === "string" ? translate(part) : inLanguage(part, translate)]
    }),
  )
}

/**
 * The key of a text that a widget brings in English.
 * @param {string} text
 */
export function settingKey(text) {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-/, "")
  return words.slice(0, MOST_OF_KEY).replace(/-$/, "")
}

/**
 * What the catalogue of words has for it; a stranger's widget speaks for itself.
 * @param {string} text
 */
function sentence(text) {
  const key = `setting.${settingKey(text)}`
  const found = t(key)
  return found === key ? text : found
}
