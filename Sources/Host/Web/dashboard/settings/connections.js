// @ts-check
import { openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { actionButton, checkedField } from "../elements/section.js"
import { api, ApiError } from "../model/api.js"
import { connectionState, wantsLogin } from "../model/connection-state.js"
import { PLATFORMS, troubleOf } from "../model/platforms.js"
import { dateFormat, t } from "../model/words.js"
import { connectAddress, connectControl, isUncounted, offeredPlatforms, wayOf } from "../shell/connect.js"
import { toast } from "../shell/toast.js"

/** @type {Record<string, string>} */
const TONES = {
  connected: "ok",
  connecting: "warn",
  interrupted: "warn",
  "needs-login": "bad",
  "needs-rights": "warn",
}

/** What a state means for the stream, in words. @type {Record<string, string>} */
const LATE = { "needs-login": "expired", "needs-rights": "more-rights", off: "is-off" }

/** The part of the page. */
export const CONNECTIONS_PART = "connections"

/**
 * @typedef {object} Connection
 * @property {string} platform
 * @property {string} channel
 * @property {string} connectedAt
 * @property {string} status
 * @property {string[]} missingScopes
 * @property {string | null} trouble
 * @property {number | null} followersAtStart
 */

/** How often it was looked how they are. */
let looks = 0
/** Loads the part anew. @type {() => Promise<void>} */
let reload = async () => {}
/** What tells a row of the page how its connection is. @type {WeakMap<HTMLElement, (now: Connection) => void>} */
const tellers = new WeakMap()

/**
 * Each platform with its state and what can be done about it, in place.
 * @param {() => Promise<void>} again
 */
export async function connections(again) {
  reload = again
  const found = await connected()
  const rows = [...PLATFORMS].map(([platform, title]) => rowOf(platform, title, found.get(platform)))
  return [h("ul", { class: "list flush" }, rows)]
}

/** Looks how each connection is by now; what stands beside that stays, with what is typed there. */
export async function refreshConnections() {
  const list = document.querySelector(`#${CONNECTIONS_PART} .list`)
  if (!list) return
  // What was known stays where the host does not answer, and the next look comes by itself.
  const own = ++looks
  const found = await connected().catch(() => null)
  // A later look knows better, and so does what was drawn anew meanwhile.
  if (!found || own !== looks || !list.isConnected) return
  const hadFocus = list.contains(document.activeElement)
  /** @type {NodeListOf<HTMLElement>} */
  const all = list.querySelectorAll("li")
  const rows = new Map([...all].map((row) => [row.dataset.platform, row]))
  for (const [platform, title] of PLATFORMS) {
    const row = rows.get(platform)
    const now = found.get(platform)
    const tell = row && tellers.get(row)
    if (tell && now) tell(now)
    if (Boolean(tell) === Boolean(now)) continue
    // Connected or let go in another tab.
    const next = rowOf(platform, title, now)
    if (row) row.replaceWith(...next ? [next] : [])
    else if (next) list.append(next)
  }
  // What was pressed may be gone with what has healed; reading goes on at the same part.
  const isLost = hadFocus && (document.activeElement ?? document.body) === document.body
  if (isLost) document.getElementById(`${CONNECTIONS_PART}-title`)?.focus()
}

/** @returns {Promise<Map<string, Connection>>} by their platforms */
async function connected() {
  /** @type {{connectedPlatforms: Connection[]}} */
  const { connectedPlatforms } = await api("GET", "/api/session")
  return new Map(connectedPlatforms.map((one) => [one.platform, one]))
}

/**
 * @param {string} platform
 * @param {string} title
 * @param {Connection} [connection]
 */
function rowOf(platform, title, connection) {
  if (connection) return connectedRow(connection, title)
  return offeredPlatforms().includes(platform) && openRow(platform, title)
}

/**
 * @param {Connection} connection
 * @param {string} title
 */
function connectedRow(connection, title) {
  const { platform } = connection
  const since = h("p", { class: "hint" })
  const note = h("p", { class: "hint", role: "status" })
  const how = wayOf(platform)
  const way = how && h("p", { class: "hint" }, t(`settings.way-${how}`, { platform: title }))
  const badge = h("span")
  const login = h(
    "a",
    { class: "button primary", href: connectAddress(platform) },
    t("settings.reconnect", { platform: title }),
  )
  // Said before it is asked for: nothing is there to be confirmed.
  const leave = () =>
    row.parentElement?.querySelectorAll("[data-status]").length === 1
      ? toast(t("settings.last-platform"), { isError: true })
      : disconnect(platform, title)
  /** @type {HTMLElement} */
  const row = h(
    "li",
    { class: "wrap", dataset: { platform } },
    h("span", { class: "platform-mark", dataset: { platform }, "aria-hidden": "true" }),
    h("div", { class: "grow" }, h("h3", null, title), since, note, way),
    badge,
    actionButton(t("settings.disconnect", { platform: title }), leave),
    isUncounted(platform) && startValue(platform, title, connection.followersAtStart),
  )
  const tell = teller(row, { since, note, way, badge, login }, title)
  tell(connection)
  tellers.set(row, tell)
  return row
}

/**
 * @param {HTMLElement} row
 * @param {Record<"since" | "note" | "badge" | "login", HTMLElement> & {way: HTMLElement | null}} parts
 * @param {string} title
 */
function teller(row, { since, note, way, badge, login }, title) {
  let told = ""
  return (/** @type {Connection} */ now) => {
    const state = connectionState(now)
    const words = noteOf(now, title)
    const date = dateFormat({ dateStyle: "medium" }).format(Date.parse(now.connectedAt))
    const all = JSON.stringify([state, words, now.channel, date])
    // Nothing is built anew under somebody's finger, nor said again to who has heard it.
    if (all === told) return
    told = all
    row.dataset.status = state
    since.replaceChildren(h("bdi", null, now.channel), " · ", t("settings.since", { date }))
    note.textContent = words
    if (way) way.hidden = state === "needs-login"
    badge.className = `badge ${TONES[state] ?? ""}`
    badge.replaceChildren(
      wantsLogin(state) ? icon("warning") : h("span", { class: "dot", "aria-hidden": "true" }),
      t(`settings.status-${state}`),
    )
    if (!wantsLogin(state)) login.remove()
    else if (!login.parentNode) badge.after(login)
  }
}

/**
 * What the state of a connection means for the stream; nothing where all is well.
 * @param {Connection} connection
 * @param {string} title
 */
function noteOf(connection, title) {
  const state = connectionState(connection)
  if (state in LATE) return t(`settings.${LATE[state]}`, { platform: title })
  const trouble = troubleOf(connection)
  return trouble ? t(`home.trouble-${trouble}`, { platform: title }) : ""
}

/**
 * @param {string} platform
 * @param {string} title
 */
function openRow(platform, title) {
  return h(
    "li",
    { class: "wrap", dataset: { platform } },
    h("span", { class: "platform-mark", dataset: { platform }, "aria-hidden": "true" }),
    h("div", { class: "grow" }, h("h3", null, title), h("p", { class: "hint" }, t("settings.not-connected"))),
    connectControl(platform, t("settings.connect", { platform: title })),
  )
}

/**
 * @param {string} platform
 * @param {string} title
 */
async function disconnect(platform, title) {
  const isDone = await openDialog({
    title: t("settings.disconnect-title", { platform: title }),
    body: t("settings.disconnect-body", { platform: title }),
    action: t("settings.disconnect", { platform: title }),
    isDanger: true,
    async submit() {
      try {
        await api("DELETE", `/api/connections/${platform}`)
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) throw new Error(t("settings.last-platform"))
        throw error
      }
    },
  })
  if (!isDone) return
  toast(t("settings.disconnected", { platform: title }))
  await reload()
}

/**
 * Where a platform does not tell how many followers there are, the streamer says how many there were at the start.
 * @param {string} platform
 * @param {string} title
 * @param {number | null} saved
 */
function startValue(platform, title, saved) {
  let isEdited = false
  const input = h("input", {
    class: "input",
    id: `followers-${platform}`,
    type: "number",
    inputmode: "numeric",
    min: "0",
    max: "1000000000",
    step: "1",
    value: saved === null ? "" : String(saved),
    oninput: () => isEdited = true,
  })
  const { element, check } = checkedField(
    t("settings.followers"),
    input,
    t("settings.followers-wanted"),
    // Whoever empties the field by mistake must not lose what was counted.
    () => input.value !== "" && input.validity.valid,
    t("settings.followers-hint", { platform: title }),
  )
  const save = actionButton(t("settings.followers-save"), async () => {
    if (!check()) return input.focus()
    // The host begins to count anew at each number it is told, so one that nobody has typed in is not sent.
    if (!isEdited) return input.focus()
    await api("PUT", `/api/connections/${platform}`, { followersAtStart: input.valueAsNumber })
    isEdited = false
    toast(t("settings.saved"))
  })
  return h("div", { class: "whole" }, element, h("div", { class: "actions" }, save))
}
