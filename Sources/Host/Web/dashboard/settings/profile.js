// @ts-check
import { h } from "../elements/dom.js"
import { actionButton, checkedField, field } from "../elements/section.js"
import { api } from "../model/api.js"
import { locale, t, timeZone } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"

const LOCALES = ["en-GB", "en-US", "de-DE", "de-AT", "de-CH"]

const MOST_NAME = 80

/** The name that the dashboard calls you by; the platform's picture is not fetched, an initial stands for it. */
export async function profile() {
  const [settings, { email }] = await Promise.all([api("GET", "/api/settings"), api("GET", "/api/session")])
  const input = h("input", { class: "input", id: "display-name", value: settings.displayName, maxlength: MOST_NAME })
  const [initial = "?"] = settings.displayName
  const isThere = () => input.value.trim() !== ""
  const { element: name, check } = checkedField(
    t("settings.name"),
    input,
    t("settings.name-wanted"),
    isThere,
    t("settings.name-hint"),
  )
  input.addEventListener("blur", check)
  const save = actionButton(t("settings.save-name"), async () => {
    if (!check()) return input.focus()
    const { displayName } = await api("PUT", "/api/settings", { displayName: input.value })
    const [first = "?"] = displayName
    picture.textContent = first
    for (const name of document.querySelectorAll(".account-name")) name.textContent = displayName
    toast(t("settings.saved"))
  })
  const picture = h("span", { class: "initial", "aria-hidden": "true" }, initial)
  return [
    h("div", { class: "profile" }, picture, name),
    email && h("p", { class: "hint" }, t("settings.email", { email })),
    h("div", { class: "actions" }, save),
  ]
}

/** Language, dates and time zone; the page comes back in the new language. */
export async function language() {
  const settings = await api("GET", "/api/settings")
  const names = new Intl.DisplayNames(locale(), { type: "language" })
  // Until something is chosen the page goes by the browser, so that is what stands here.
  const isChosen = document.body.dataset.locale !== ""
  const near = LOCALES.find((tag) => tag === locale()) ?? LOCALES.find((tag) => tag.startsWith(locale())) ?? locale()
  const shown = isChosen ? settings.locale : near
  const offered = LOCALES.includes(shown) ? LOCALES : [shown, ...LOCALES]
  const choice = h(
    "select",
    { class: "input", id: "locale", value: shown },
    offered.map((tag) => h("option", { value: tag }, names.of(tag) ?? tag)),
  )
  const zone = h("input", {
    class: "input",
    id: "time-zone",
    list: "time-zones",
    value: isChosen ? settings.timeZone : timeZone(),
  })
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")]
  const example = h("p", { class: "hint", "aria-live": "polite" })
  const tell = () => {
    try {
      const format = new Intl.DateTimeFormat(choice.value, {
        dateStyle: "full",
        timeStyle: "short",
        timeZone: zone.value,
      })
      example.textContent = t("settings.date-example", { date: format.format(Date.now()) })
      zone.removeAttribute("aria-invalid")
    } catch {
      example.textContent = t("settings.zone-unknown")
      zone.setAttribute("aria-invalid", "true")
    }
  }
  choice.addEventListener("change", tell)
  zone.addEventListener("input", tell)
  tell()
  const save = actionButton(t("settings.save-language"), async () => {
    await api("PUT", "/api/settings", { locale: choice.value, timeZone: zone.value })
    location.reload()
  })
  return [
    h(
      "div",
      { class: "pair" },
      field(t("settings.locale"), choice),
      field(t("settings.time-zone"), zone),
    ),
    h("datalist", { id: "time-zones" }, zones.map((name) => h("option", { value: name }))),
    example,
    h("div", { class: "actions" }, save),
  ]
}

/** Single letters as shortcuts, which speech input and shaky hands may not want. */
export async function shortcuts() {
  const settings = await api("GET", "/api/settings")
  const input = h("input", {
    class: "switch",
    type: "checkbox",
    role: "switch",
    id: "shortcuts-switch",
    "aria-describedby": "shortcuts-hint",
    checked: settings.shortcuts,
  })
  input.addEventListener("change", async () => {
    try {
      await api("PUT", "/api/settings", { shortcuts: input.checked })
      document.body.dataset.shortcuts = input.checked ? "on" : "off"
    } catch (error) {
      input.checked = !input.checked
      await report(error)
    }
  })
  return [
    h("div", { class: "switch-row" }, h("label", { for: input.id }, t("settings.shortcuts")), input),
    h("p", { class: "hint", id: "shortcuts-hint" }, t("settings.shortcuts-hint")),
  ]
}
