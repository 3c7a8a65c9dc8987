// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { api } from "../model/api.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"

/**
 * @typedef {object} Health what the host says of a widget that runs
 * @property {"running" | "backing-off" | "stopped"} state
 * @property {{kind: string, message: string} | null} error
 * @property {{at: string, level: string, text: string}[]} log
 */

/**
 * Says in a place why a widget on air has stopped, with what helps; nothing while it runs.
 * @param {HTMLElement} place
 * @param {string} id
 * @param {string} name
 */
export async function showHealth(place, id, name) {
  /** @type {Health} */
  const health = await api("GET", `/api/widgets/${id}/health`)
  if (health.state === "running") return place.replaceChildren()
  const { kind = "error", message = "" } = health.error ?? {}
  const reason = t(`editor.health-${kind}`, { message })
  const restart = async () => {
    try {
      await api("POST", `/api/widgets/${id}/restart`)
      toast(t("editor.restarted", { name }))
      place.replaceChildren()
    } catch (error) {
      await report(error)
    }
  }
  place.replaceChildren(
    h(
      "div",
      { class: "notice bad health" },
      h("p", null, t(health.state === "stopped" ? "editor.health-stopped" : "editor.health-waiting", { reason })),
      h("button", { class: "button small", type: "button", onclick: restart }, icon("restart"), t("editor.restart")),
      health.log.length > 0 && h(
        "details",
        null,
        h("summary", null, t("editor.log")),
        h("pre", null, health.log.map(({ at, level, text }) => `${at} ${level} ${text}`).join("\n")),
      ),
    ),
  )
}
