// @ts-check

/** @typedef {import("./layout.js").WidgetType & {version: string, events: string[], permissions: string[]}} Entry */

/** The chips above the catalogue, each with the categories that it shows; `mine` = what strangers wrote in Lua. */
export const FILTERS = /** @type {const} */ ([
  "all",
  "chat",
  "alerts",
  "goals",
  "games",
  "tools",
  "mine",
])

/** @type {Record<string, string[]>} */
const CATEGORIES = {
  chat: ["chat"],
  alerts: ["alerts"],
  goals: ["goals", "stats"],
  games: ["games", "interaction"],
  tools: ["tools", "display"],
}

/**
 * Whether a type belongs to what is asked for: its chip, and every word of the search.
 * @param {Pick<Entry, "name" | "description" | "author" | "category" | "kind">} type
 * @param {string} filter one of ``FILTERS``
 * @param {string} search
 */
export function matches(type, filter, search) {
  if (filter === "mine" && type.kind !== "lua") return false
  if (filter in CATEGORIES && !CATEGORIES[filter].includes(type.category)) {
    return false
  }
  const text = `${type.name} ${type.description} ${type.author}`
    .toLocaleLowerCase()
  return search.trim().toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word))
}

/** @type {[pattern: RegExp, subject: string][]} */
const SUBJECTS = [
  [/^(\*|chat:(message|\*))$/, "chat"],
  [/^(\*|event:(follow|\*))$/, "follows"],
  [/^(\*|event:(subscribe|\*))$/, "subscriptions"],
  [/^(\*|event:(tip|\*))$/, "tips"],
  [/^(\*|event:(raid|\*))$/, "raids"],
  [/^(\*|event:(redemption|\*))$/, "redemptions"],
  [/^(\*|stream:.*)$/, "stream"],
  [/^(\*|stats:.*)$/, "counts"],
]

/**
 * What a type reads, as subjects that people know; what only the host and its widgets speak of is left out.
 * @param {string[]} events patterns of a manifest
 */
export function subjects(events) {
  return SUBJECTS.filter(([pattern]) => events.some((event) => pattern.test(event))).map(([, subject]) => subject)
}
