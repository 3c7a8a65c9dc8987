// @ts-check
import { ask } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { actionButton } from "../elements/section.js"
import { api } from "../model/api.js"
import { dateFormat, t } from "../model/words.js"
import { toast } from "../shell/toast.js"

/** @typedef {"private" | "rotate" | "public" | "end"} Change */

/**
 * Who can open a layout, and what can be changed about it.
 * @param {string} id
 * @param {{key: string | null, previousEndsAt: string | null}} privacy
 * @param {() => Promise<void>} again
 */
export function keyControls(id, { key, previousEndsAt }, again) {
  const path = `/api/layouts/${id}/key`
  /**
   * A button that asks first.
   * @param {Change} what
   * @param {string} method
   * @param {string} at
   * @param {string} said
   */
  const change = (what, method, at, said) =>
    actionButton(t(`settings.${what}`), async () => {
      const question = { title: t(`settings.${what}-title`), body: t(`settings.${what}-body`) }
      const isDanger = what === "end" || what === "public"
      if (!await ask({ ...question, action: t(`settings.${what}`), isDanger })) return
      await api(method, at)
      toast(said)
      await again()
    })
  if (key === null) {
    return [
      h(
        "div",
        { class: "line" },
        h("p", { class: "grow" }, t("settings.is-public")),
        change("private", "POST", path, t("settings.made-private")),
      ),
    ]
  }
  const ends = previousEndsAt &&
    dateFormat({ dateStyle: "medium", timeStyle: "short" }).format(Date.parse(previousEndsAt))
  return [
    ends && h(
      "div",
      { class: "notice warn line" },
      h("span", { class: "grow" }, t("settings.old-until", { date: ends })),
      change("end", "DELETE", `${path}?previous=true`, t("settings.ended")),
    ),
    h(
      "div",
      { class: "line" },
      h("p", { class: "grow" }, t("settings.is-private")),
      change("rotate", "POST", path, t("settings.rotated")),
      change("public", "DELETE", path, t("settings.made-public")),
    ),
  ]
}
