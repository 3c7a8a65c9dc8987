// @ts-check
import { ask } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { secretField } from "../elements/secret-field.js"
import { actionButton, field } from "../elements/section.js"
import { api, list, listAll } from "../model/api.js"
import { overlayAddress, VIEWS } from "../model/overlay-address.js"
import { locale, t } from "../model/words.js"
import { toast } from "../shell/toast.js"

const LAST_STREAM = "/api/events?before=9007199254740991&limit=1&types=stream:online,stream:offline"
/** The layout that was looked at; it stays chosen while its key changes. */
let chosen = ""

/**
 * The addresses of a layout on each platform, with its key.
 * @param {() => Promise<void>} again
 */
export async function addresses(again) {
  const [{ connectedPlatforms }, layouts] = await Promise.all([api("GET", "/api/session"), listAll("/api/layouts")])
  const layout = layouts.find(({ id }) => id === chosen) ?? layouts.find(({ isDefault }) => isDefault) ?? layouts[0]
  chosen = layout.id
  const privacy = await api("GET", `/api/layouts/${layout.id}/key`)
  const choice = h(
    "select",
    { class: "input", id: "address-layout", value: layout.id },
    layouts.map(({ id, name, isDefault }) =>
      h("option", { value: id }, isDefault ? t("settings.default-layout", { name }) : name)
    ),
  )
  choice.addEventListener("change", () => {
    chosen = choice.value
    again()
  })
  // What the host calls itself towards OBS may differ from what this browser calls it.
  const base = document.body.dataset.overlay || location.href
  return [
    h("p", { class: "hint" }, t("settings.address-hint")),
    field(t("settings.layout"), choice),
    ...connectedPlatforms.map((/** @type {any} */ place) =>
      h(
        "fieldset",
        { class: "stack", dataset: { platform: place.platform } },
        h("legend", null, place.platform === "kick" ? "Kick" : "Twitch", " · ", h("bdi", null, place.channel)),
        VIEWS.map((view) =>
          secretField(
            t(`settings.view-${view}`),
            overlayAddress(new URL(base, location.href).origin, place, view, { ...layout, key: privacy.key }),
            isSeen,
          )
        ),
      )
    ),
    ...keyControls(layout.id, privacy, again),
  ]
}

/**
 * @param {string} id
 * @param {{key: string | null, previousEndsAt: string | null}} privacy
 * @param {() => Promise<void>} again
 */
function keyControls(id, { key, previousEndsAt }, again) {
  const path = `/api/layouts/${id}/key`
  /**
   * @param {string} method
   * @param {string} at
   * @param {string} said
   */
  const change = async (method, at, said) => {
    await api(method, at)
    toast(said)
    await again()
  }
  /** @param {"private" | "rotate" | "public" | "end"} what */
  const agreed = (what) =>
    ask({
      title: t(`settings.${what}-title`),
      body: t(`settings.${what}-body`),
      action: t(`settings.${what}`),
      isDanger: what === "end" || what === "public",
    })
  if (key === null) {
    return [
      h("p", null, t("settings.is-public")),
      h(
        "div",
        { class: "actions" },
        actionButton(
          t("settings.private"),
          async () => await agreed("private") && change("POST", path, t("settings.made-private")),
        ),
      ),
    ]
  }
  const ends = previousEndsAt &&
    new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(previousEndsAt))
  return [
    h("p", null, t("settings.is-private")),
    ends && h("p", { class: "notice warn" }, t("settings.old-until", { date: ends })),
    h(
      "div",
      { class: "actions" },
      actionButton(
        t("settings.rotate"),
        async () => await agreed("rotate") && change("POST", path, t("settings.rotated")),
      ),
      ends && actionButton(
        t("settings.end"),
        async () => await agreed("end") && change("DELETE", `${path}?previous=true`, t("settings.ended")),
      ),
      actionButton(
        t("settings.public"),
        async () => await agreed("public") && change("DELETE", path, t("settings.made-public")),
      ),
    ),
  ].filter((part) => part !== null)
}

/** Whether viewers may be looking at this screen: in a dock of OBS, or while the stream runs. */
async function isSeen() {
  if ("obsstudio" in window) return true
  // Not knowing is no reason to show it.
  const { data } = await list(LAST_STREAM).catch(() => ({ data: [{ type: "stream:online" }] }))
  return data[0]?.type === "stream:online"
}
