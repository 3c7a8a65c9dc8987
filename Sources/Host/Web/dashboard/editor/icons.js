// @ts-check

/** Icons of our set that a widget's manifest may name otherwise. */
/** @type {Record<string, string>} */
const ALIASES = { alert: "bell", tip: "coin", timer: "clock", "chart-bar": "stats" }
const OWN = new Set([
  "chat",
  "bell",
  "heart",
  "coin",
  "goal",
  "stats",
  "game",
  "interaction",
  "tool",
  "display",
  "clock",
])
/** What stands for a category where the icon is not one of ours. */
/** @type {Record<string, string>} */
const OF_CATEGORY = {
  chat: "chat",
  alerts: "bell",
  goals: "goal",
  stats: "stats",
  games: "game",
  interaction: "interaction",
  tools: "tool",
  display: "display",
}

/** @param {{icon?: string, category?: string} | undefined} type */
export function iconOf(type) {
  const name = ALIASES[type?.icon ?? ""] ?? type?.icon ?? ""
  if (OWN.has(name)) return name
  return OF_CATEGORY[type?.category ?? ""] ?? "widgets"
}
