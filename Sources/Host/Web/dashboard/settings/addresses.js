// @ts-check
import { h } from "../elements/dom.js"
import { secretField } from "../elements/secret-field.js"
import { field } from "../elements/section.js"
import { api, listAll } from "../model/api.js"
import { overlayAddress, VIEWS } from "../model/overlay-address.js"
import { platformTitle } from "../model/platforms.js"
import { t } from "../model/words.js"
import { isSeen } from "../shell/live.js"
import { keyControls } from "./key-controls.js"

/** The layout that was looked at, and whether its other addresses were; both stay so while a key changes. */
let chosen = ""
let isOpen = false

/**
 * The address that OBS needs, and folded away those of single widgets and of other platforms.
 * @param {() => Promise<void>} again
 */
export async function addresses(again) {
  const [{ connectedPlatforms }, layouts] = await Promise.all([api("GET", "/api/session"), listAll("/api/layouts")])
  const layout = layouts.find(({ id }) => id === chosen) ?? layouts.find(({ isDefault }) => isDefault) ?? layouts[0]
  chosen = layout.id
  const privacy = await api("GET", `/api/layouts/${layout.id}/key`)
  // What the host calls itself towards OBS may differ from what this browser calls it.
  const base = new URL(document.body.dataset.overlay || location.href, location.href).origin
  /** @type {any[]} */
  const places = connectedPlatforms
  const first = places.find(({ platform }) => platform === document.body.dataset.platform) ?? places[0]
  /**
   * @param {any} place
   * @param {string} view
   * @param {string} label
   */
  const address = (place, view, label) =>
    secretField(label, overlayAddress(base, place, view, { ...layout, key: privacy.key }), isSeen)
  const others = places.map((place) =>
    h(
      "fieldset",
      { class: "address-group", dataset: { platform: place.platform } },
      h("legend", null, titleOf(place)),
      VIEWS.filter((view) => view !== "overlay" || place !== first).map((view) =>
        address(place, view, t(`settings.view-${view}`))
      ),
    )
  )
  const more = h(
    "details",
    { class: "more", id: "more-addresses", open: isOpen },
    h("summary", null, t("settings.more-addresses")),
    h("p", { class: "hint" }, t("settings.more-hint")),
    others,
  )
  more.addEventListener("toggle", () => isOpen = more.open)
  return [
    h("p", { class: "hint" }, t("settings.address-hint")),
    layouts.length > 1 && layoutChoice(layouts, layout, again),
    h(
      "div",
      { class: "main-address", dataset: { platform: first.platform } },
      address(first, "overlay", t("settings.address-of", { layout: layout.name, platform: titleOf(first) })),
    ),
    ...keyControls(layout.id, privacy, again),
    more,
  ]
}

/**
 * @param {any[]} layouts
 * @param {any} layout
 * @param {() => Promise<void>} again
 */
function layoutChoice(layouts, layout, again) {
  const choice = h(
    "select",
    { class: "input", id: "address-layout", value: layout.id },
    layouts.map(({ id, name, isDefault }) =>
      h("option", { value: id }, isDefault ? t("settings.default-layout", { name }) : name)
    ),
  )
  choice.addEventListener("change", async () => {
    chosen = choice.value
    await again()
    document.getElementById("address-layout")?.focus()
  })
  return field(t("settings.layout"), choice)
}

/** @param {{platform: string, channel: string}} place */
function titleOf({ platform, channel }) {
  return `${platformTitle(platform)} · ${channel}`
}
