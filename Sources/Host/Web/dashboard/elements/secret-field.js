// @ts-check
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { copyText } from "./clipboard.js"
import { ask } from "./dialog.js"
import { h } from "./dom.js"

const SHOWN_MS = 10_000
const COPIED_MS = 1_500
const MASK = "•".repeat(24)
let count = 0

/**
 * An address that nobody reads off the screen: masked, shown for 10 seconds, copied without being shown.
 * @param {string} label
 * @param {string} secret
 * @param {() => Promise<boolean>} isSeen whether a stream may show this very screen; then it asks before it shows
 * @param {{warning?: string, copied?: string}} [words] what whoever reads it can do, and what is said once it is copied
 */
export function secretField(
  label,
  secret,
  isSeen,
  { warning = t("settings.live-body"), copied = t("copy.copied") } = {},
) {
  count += 1
  const id = `secret-${count}`
  const input = h("input", { id, readonly: true, value: MASK, autocomplete: "off", spellcheck: "false" })
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const hide = () => {
    clearTimeout(timer)
    input.value = MASK
    show.textContent = t("settings.show")
  }
  const toggle = async () => {
    if (input.value !== MASK) return hide()
    if (
      await isSeen() &&
      !await ask({ title: t("settings.live-title"), body: warning, action: t("settings.show-anyway") })
    ) return
    input.value = secret
    show.textContent = t("settings.hide")
    announce(t("settings.shown"))
    timer = setTimeout(hide, SHOWN_MS)
  }
  const take = async () => {
    if (!await copyText(secret)) {
      // Shown it can be copied by hand.
      if (input.value === MASK) await toggle()
      if (input.value === MASK) return
      input.select()
      return announce(t("copy.press"))
    }
    announce(copied)
    copy.textContent = t("copy.done")
    setTimeout(() => copy.textContent = t("settings.copy"), COPIED_MS)
  }
  const show = h("button", { class: "button", type: "button", "aria-describedby": id, onclick: toggle })
  show.textContent = t("settings.show")
  const copy = h("button", { class: "button", type: "button", "aria-describedby": id, onclick: take })
  copy.textContent = t("settings.copy")
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h("div", { class: "copy" }, input, show, copy),
  )
}
