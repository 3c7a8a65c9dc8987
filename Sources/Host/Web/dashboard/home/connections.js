// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { api } from "../model/api.js"
import { connectionState, wantsLogin } from "../model/connection-state.js"
import { platformTitle, troubleOf } from "../model/platforms.js"
import { t } from "../model/words.js"
import { connectAddress, connectControl, offeredPlatforms } from "../shell/connect.js"

/**
 * @typedef {object} Connection
 * @property {string} platform
 * @property {string} channel
 * @property {string} status
 * @property {string[]} missingScopes
 * @property {string | null} trouble
 */

let shown = ""

const TONES = new Map([
  ["connected", "ok"],
  ["connecting", "warn"],
  ["interrupted", "warn"],
  ["needs-login", "bad"],
  ["needs-rights", "warn"],
])

/**
 * Shows each platform with its status; a login that has ended, or grants too little, is renewed from here.
 * @returns {Promise<Connection[]>}
 */
export async function showConnections() {
  const list = /** @type {HTMLElement} */ (document.getElementById("connections-list"))
  const failed = /** @type {HTMLElement} */ (document.getElementById("connections-failed"))
  try {
    /** @type {{connectedPlatforms: Connection[]}} */
    const { connectedPlatforms } = await api("GET", "/api/session")
    const connected = new Set(connectedPlatforms.map(({ platform }) => platform))
    const missing = offeredPlatforms().filter((platform) => !connected.has(platform))
    const now = JSON.stringify([connectedPlatforms, missing])
    // Nothing is built anew under somebody's finger.
    if (now !== shown) list.replaceChildren(...connectedPlatforms.map(row), ...missing.map(missingRow))
    if (now !== shown) showPartial(connectedPlatforms)
    shown = now
    failed.hidden = true
    return connectedPlatforms
  } catch (error) {
    failed.hidden = false
    throw error
  }
}

/**
 * Says above the events which of them cannot be there, and what helps.
 * @param {Connection[]} connections
 */
function showPartial(connections) {
  const place = document.getElementById("events-partial")
  const notices = connections.map((connection) => {
    const { platform } = connection
    const words = { platform: platformTitle(platform) }
    const state = connectionState(connection)
    if (wantsLogin(state)) {
      return h(
        "p",
        { class: `notice ${TONES.get(state)}` },
        t(state === "needs-rights" ? "home.more-rights" : "home.events-missing", words),
        " ",
        h("a", { href: connectAddress(platform) }, t("home.reconnect-platform", words)),
      )
    }
    const trouble = troubleOf(connection)
    return trouble && h("p", { class: "notice warn", dataset: { trouble } }, t(`home.trouble-${trouble}`, words))
  })
  place?.replaceChildren(...notices.filter((notice) => notice instanceof Node))
}

/** @param {Connection} connection */
function row(connection) {
  const { platform, channel } = connection
  const state = connectionState(connection)
  return h(
    "li",
    { dataset: { platform, status: state } },
    h("span", { class: "platform-mark", dataset: { platform }, "aria-hidden": "true" }),
    h("span", { class: "grow" }, h("strong", null, platformTitle(platform)), h("span", { class: "hint" }, channel)),
    h(
      "span",
      { class: `badge ${TONES.get(state) ?? ""}` },
      wantsLogin(state) ? icon("warning") : h("span", { class: "dot", "aria-hidden": "true" }),
      t(`home.status-${state}`),
    ),
    wantsLogin(state) && h(
      "a",
      {
        class: "button small",
        href: connectAddress(platform),
        "aria-label": `${t("home.reconnect")} ${platformTitle(platform)}`,
      },
      t("home.reconnect"),
    ),
  )
}

/** @param {string} platform */
function missingRow(platform) {
  return h(
    "li",
    { dataset: { platform } },
    h("span", { class: "platform-mark", dataset: { platform }, "aria-hidden": "true" }),
    h(
      "span",
      { class: "grow" },
      h("strong", null, platformTitle(platform)),
      h("span", { class: "hint" }, t("home.not-connected")),
    ),
    connectControl(platform, t("home.connect", { platform: platformTitle(platform) }), "small"),
  )
}
