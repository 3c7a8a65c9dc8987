// @ts-check
import { showDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { api } from "../model/api.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"

/**
 * @typedef {object} Health what the host says of a widget that runs
 * @property {"running" | "backing-off" | "stopped"} state
 * @property {{kind: string, message: string, traceback?: string | null} | null} error
 * @property {{at: string, level: string, text: string}[]} log
 */

/**
 * How a widget on air fares.
 * @param {string} id
 * @returns {Promise<Health>}
 */
export function healthOf(id) {
  return api("GET", `/api/widgets/${id}/health`)
}

/**
 * Why a widget does not run, in one sentence or two.
 * @param {Health} health
 * @param {string} name
 */
export function troubleText({ state, error }, name) {
  const { kind = "error", message = "" } = error ?? {}
  const reason = t(`editor.health-${kind}`, { message })
  return t(state === "stopped" ? "editor.trouble-stopped" : "editor.trouble-waiting", { name, reason })
}

/**
 * Starts a widget again; whether the host has taken it.
 * @param {string} id
 * @param {string} name
 */
export async function restart(id, name) {
  try {
    await api("POST", `/api/widgets/${id}/restart`)
    toast(t("editor.restarted", { name }))
    return true
  } catch (error) {
    await report(error)
    return false
  }
}

/**
 * Says in a place why a widget on air has stopped, with what helps; nothing while it runs.
 * @param {HTMLElement} place
 * @param {string} id
 * @param {string} name
 * @param {HTMLElement} next has the focus once it is started again
 */
export async function showHealth(place, id, name, next) {
  const health = await healthOf(id)
  const again = async () => {
    if (await restart(id, name)) drawHealth(place, undefined, name, again, next)
  }
  drawHealth(place, health, name, again, next)
}

/**
 * @param {HTMLElement} place
 * @param {Health | undefined} health
 * @param {string} name
 * @param {() => void} again starts it again
 * @param {HTMLElement} next has the focus where the notice goes under it
 */
export function drawHealth(place, health, name, again, next) {
  const hadFocus = place.contains(document.activeElement)
  place.replaceChildren(...(health && health.state !== "running" ? [notice(health, name, again)] : []))
  if (hadFocus) (place.querySelector("button") ?? next).focus()
}

/**
 * @param {Health} health
 * @param {string} name
 * @param {() => void} again
 */
function notice(health, name, again) {
  return h(
    "div",
    { class: "notice bad health" },
    h("p", null, troubleText(health, name)),
    h("button", { class: "button small", type: "button", onclick: again }, icon("restart"), t("editor.restart")),
    hasLog(health) && h("details", null, h("summary", null, t("editor.log")), h("pre", null, logText(health))),
  )
}

/** @param {Health} health */
export function hasLog({ log, error }) {
  return log.length > 0 || Boolean(error?.traceback)
}

/**
 * What a widget has written, and where it met its last fault.
 * @param {Health} health
 * @param {string} name
 */
export function showLog(health, name) {
  showDialog({
    title: t("editor.log-of", { name }),
    content: [
      h("p", null, troubleText(health, name)),
      h(
        "pre",
        { class: "log", tabindex: "0", role: "region", "aria-label": t("editor.log") },
        logText(health) || t("editor.log-empty"),
      ),
    ],
    isWide: true,
  })
}

/** @param {Health} health */
function logText({ log, error }) {
  const lines = log.map(({ at, level, text }) => `${at} ${level} ${text}`)
  // The log has the last fault, too, unless it was emptied since.
  return lines.length > 0 ? lines.join("\n") : error?.traceback ?? ""
}
