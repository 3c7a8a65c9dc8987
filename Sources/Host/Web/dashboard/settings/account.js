// @ts-check
import { ask, openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { actionButton, checkedField, field } from "../elements/section.js"
import { api, listAll } from "../model/api.js"
import { browserName } from "../model/browser-name.js"
import { PLATFORMS, TIP_SERVICES } from "../model/platforms.js"
import { dateFormat, t } from "../model/words.js"
import { toast } from "../shell/toast.js"

/**
 * Every browser that is signed in, this one marked.
 * @param {() => Promise<void>} again
 */
export async function sessions(again) {
  const all = await listAll("/api/sessions")
  const format = dateFormat({ dateStyle: "medium", timeStyle: "short" })
  /** @param {any} session */
  const end = async (session) => {
    const title = t(session.isCurrent ? "settings.end-this-title" : "settings.end-session-title")
    const body = t(session.isCurrent ? "settings.end-this-body" : "settings.end-session-body")
    if (!await ask({ title, body, action: t("settings.end-session") })) return
    await api("DELETE", `/api/sessions/${session.id}`)
    if (session.isCurrent) location.assign("/auth/login")
    else {
      toast(t("settings.session-ended"))
      await again()
    }
  }
  return [h(
    "ul",
    { class: "list flush" },
    all.map((session) =>
      h(
        "li",
        { class: "wrap" },
        h(
          "div",
          { class: "grow" },
          h("h3", { title: session.userAgent || null }, nameOf(session.userAgent ?? "")),
          h(
            "p",
            { class: "hint" },
            t("settings.session-used", {
              date: format.format(Date.parse(session.lastUsedAt)),
              address: session.address || "–",
            }),
          ),
        ),
        session.isCurrent && h("span", { class: "badge ok" }, t("settings.this-session")),
        actionButton(t("settings.end-session"), () => end(session)),
      )
    ),
  )]
}

/** @param {string} userAgent */
function nameOf(userAgent) {
  const { browser, system } = browserName(userAgent)
  if (!browser && !system) return t("settings.unknown-browser")
  return system ? t("settings.browser-on", { browser: browser ?? t("settings.a-browser"), system }) : browser ?? ""
}

/** What the host keeps, to be taken along; and what a viewer left behind, to be forgotten. */
export function ownData() {
  const platform = h(
    "select",
    { class: "input", id: "viewer-platform" },
    [...PLATFORMS, ...TIP_SERVICES].map(([value, title]) => h("option", { value }, title)),
  )
  const viewer = h("input", { class: "input mono", id: "viewer-id", maxlength: "100", autocomplete: "off" })
  const { element: whose, check } = checkedField(
    t("settings.viewer-id"),
    viewer,
    t("settings.viewer-missing"),
    () => viewer.value.trim() !== "",
  )
  const erase = async () => {
    if (!check()) return viewer.focus()
    const userId = viewer.value.trim()
    const title = t("settings.erase-title", { id: userId })
    if (!await ask({ title, body: t("settings.erase-body"), action: t("settings.erase"), isDanger: true })) return
    const { eventsChanged } = await api("POST", "/api/viewers/erase", { platform: platform.value, userId })
    viewer.value = ""
    toast(t("settings.erased", { count: eventsChanged }))
  }
  return [
    h("p", { class: "hint" }, t("settings.export-hint")),
    h(
      "div",
      { class: "actions" },
      h(
        "a",
        { class: "button", href: "/api/account/export", download: "streamvibes-export.json" },
        t("settings.export"),
      ),
    ),
    h("h3", null, t("settings.viewer")),
    h("p", { class: "hint" }, t("settings.viewer-hint")),
    h("div", { class: "pair" }, field(t("settings.platform"), platform), whose),
    h("div", { class: "actions" }, actionButton(t("settings.erase"), erase)),
  ]
}

/** The end of everything, behind the channel's name typed by hand. */
export async function deletion() {
  const { connectedPlatforms } = await api("GET", "/api/session")
  const channel = connectedPlatforms[0]?.channel ?? ""
  const confirm = async () => {
    const input = h("input", { class: "input", id: "confirm-channel", autocomplete: "off", spellcheck: "false" })
    const isDone = await openDialog({
      title: t("settings.delete-title"),
      body: t("settings.delete-body"),
      content: [field(t("settings.delete-type", { channel }), input)],
      action: t("settings.delete"),
      isDanger: true,
      async submit() {
        if (input.value !== channel) throw new Error(t("settings.delete-differs", { channel }))
        await api("DELETE", "/api/account")
      },
    })
    if (isDone) location.assign("/")
  }
  return [
    h("p", { class: "hint" }, t("settings.delete-hint")),
    h("div", { class: "actions" }, actionButton(t("settings.delete"), confirm)),
  ]
}
