// @ts-check

/**
 * @typedef {"overlay" | "chat" | "events" | "goals" | "tips" | "preview"} PageView
 *
 * @typedef {object} PageAddress
 * @property {string} platform
 * @property {string} channel
 * @property {PageView} view
 * @property {string} layoutId empty = the default layout
 * @property {{type: string, config: object} | null} sample the one widget that a preview tries out
 * @property {string} key empty = a public layout
 * @property {number | null} width of a single widget, null = the window's
 * @property {number | null} height
 * @property {boolean} reducedMotion
 */

const VIEWS = new Set(["overlay", "chat", "events", "goals", "tips", "preview"])
// Twice 4K: enough for every canvas, small enough not to exhaust the graphics memory by a typing mistake.
const LARGEST_SIDE = 7680

/**
 * What page this is, from what the server wrote into it and from its address.
 * @param {Record<string, string | undefined>} dataset
 * @param {{search: string, hash: string}} location
 * @returns {PageAddress}
 */
export function readPageAddress(dataset, location) {
  const query = new URLSearchParams(location.search)
  // A dashboard frames the overlay to try something out; what that shows comes from its session alone.
  const view = query.get("view") === "preview" ? "preview" : dataset.view ?? ""
  return {
    platform: dataset.platform ?? "",
    channel: dataset.channel ?? "",
    view: /** @type {PageView} */ (VIEWS.has(view) ? view : "overlay"),
    layoutId: dataset.layout ?? "",
    sample: view === "preview" ? sample(query) : null,
    key: readKey(location.hash),
    width: side(query.get("width")),
    height: side(query.get("height")),
    reducedMotion: query.get("motion") === "reduced",
  }
}

/**
 * The overlay key: it travels in the fragment, which reaches neither logs nor referrers.
 * @param {string} hash
 */
export function readKey(hash) {
  const [, text = ""] = /[#&]key=([^&]*)/.exec(hash) ?? []
  try {
    // Not URLSearchParams: that would turn a "+" of the key into a space.
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @param {URLSearchParams} query */
function sample(query) {
  const type = query.get("type")
  if (type === null) return null
  try {
    return { type, config: JSON.parse(query.get("config") ?? "{}") }
  } catch {
    return { type, config: {} }
  }
}

/** @param {string | null} text */
function side(text) {
  if (text === null || !/^\d{1,4}$/.test(text)) return null
  const pixels = Number(text)
  return pixels >= 1 && pixels <= LARGEST_SIDE ? pixels : null
}
