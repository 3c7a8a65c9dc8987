// @ts-check
import { openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { actionButton, checkedField } from "../elements/section.js"
import { api, ApiError } from "../model/api.js"
import { connectionState, wantsLogin } from "../model/connection-state.js"
import { PLATFORMS, troubleOf } from "../model/platforms.js"
import { dateFormat, t } from "../model/words.js"
import { connectAddress, connectControl, offeredPlatforms, wayOf } from "../shell/connect.js"
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

/**
 * Each platform with its state and what can be done about it, in place.
 * @param {() => Promise<void>} again
 */
export async function connections(again) {
  const { connectedPlatforms } = await api("GET", "/api/session")
  return [
    h(
      "ul",
      { class: "list flush" },
      [...PLATFORMS].map(([platform, title]) => {
        const found = connectedPlatforms.find((/** @type {any} */ one) => one.platform === platform)
        const isLast = connectedPlatforms.length === 1
        if (found) return connectedRow(found, title, isLast, again)
        return offeredPlatforms().includes(platform) && openRow(platform, title)
      }),
    ),
  ]
}

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

/**
 * @param {Connection} connection
 * @param {string} title
 * @param {boolean} isLast whether it is the only one
 * @param {() => Promise<void>} again
 */
function connectedRow(connection, title, isLast, again) {
  const { platform, channel, connectedAt } = connection
  const date = dateFormat({ dateStyle: "medium" }).format(Date.parse(connectedAt))
  const state = connectionState(connection)
  const way = state === "needs-login" ? null : wayOf(platform)
  const trouble = troubleOf(connection)
  return h(
    "li",
    { class: "wrap", dataset: { platform } },
    h("span", { class: "platform-mark", dataset: { platform }, "aria-hidden": "true" }),
    h(
      "div",
      { class: "grow" },
      h("h3", null, title),
      h("p", { class: "hint" }, h("bdi", null, channel), " · ", t("settings.since", { date })),
      state in LATE && h("p", { class: "hint" }, t(`settings.${LATE[state]}`, { platform: title })),
      trouble && h("p", { class: "hint" }, t(`home.trouble-${trouble}`, { platform: title })),
      way && h("p", { class: "hint" }, t(`settings.way-${way}`, { platform: title })),
    ),
    h(
      "span",
      { class: `badge ${TONES[state] ?? ""}` },
      wantsLogin(state) ? icon("warning") : h("span", { class: "dot", "aria-hidden": "true" }),
      t(`settings.status-${state}`),
    ),
    wantsLogin(state) && h(
      "a",
      { class: "button primary", href: connectAddress(platform) },
      t("settings.reconnect", { platform: title }),
    ),
    actionButton(
      t("settings.disconnect", { platform: title }),
      // Said before it is asked for: nothing is there to be confirmed.
      () => isLast ? toast(t("settings.last-platform"), { isError: true }) : disconnect(platform, title, again),
    ),
    platform === "kick" && startValue(connection.followersAtStart),
  )
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
 * @param {() => Promise<void>} again
 */
async function disconnect(platform, title, again) {
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
  await again()
}

/**
 * Kick tells nobody how many followers a channel has, so the streamer says how many there were at the start.
 * @param {number | null} saved
 */
function startValue(saved) {
  let isEdited = false
  const input = h("input", {
    class: "input",
    id: "followers",
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
    t("settings.followers-hint"),
  )
  const save = actionButton(t("settings.followers-save"), async () => {
    if (!check()) return input.focus()
    // The host begins to count anew at each number it is told, so one that nobody has typed in is not sent.
    if (!isEdited) return input.focus()
    await api("PUT", "/api/connections/kick", { followersAtStart: input.valueAsNumber })
    isEdited = false
    toast(t("settings.saved"))
  })
  return h("div", { class: "whole" }, element, h("div", { class: "actions" }, save))
}
