// @ts-check
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { copyText } from "./clipboard.js"

const CONFIRMATION_MS = 1500

/**
 * Lets a button (`data-copy` = id of the field) copy what the field holds.
 * @param {HTMLButtonElement} button
 */
export function enhanceCopyButton(button) {
  const field = document.getElementById(button.dataset.copy ?? "")
  if (!(field instanceof HTMLInputElement)) return
  const label = button.textContent
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  field.addEventListener("focus", () => field.select())
  button.addEventListener("click", async () => {
    const copied = await copy(field)
    clearTimeout(timer)
    announce(t(copied ? "copy.copied" : "copy.press"))
    if (!copied) return
    button.textContent = t("copy.done")
    timer = setTimeout(() => button.textContent = label, CONFIRMATION_MS)
  })
}

/** @param {HTMLInputElement} field */
async function copy(field) {
  if (await copyText(field.value)) return true
  // A selected field is one key press from the clipboard.
  field.focus()
  field.select()
  return false
}
