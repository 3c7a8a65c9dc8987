// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { t } from "../model/words.js"

const MOST = 3
const SHOWN_MS = 6_000

/** @type {HTMLElement | undefined} */
let shelf

/**
 * A short note at the bottom left: 6 s, an error until it is closed.
 *
 * While it is pointed at or holds the focus it stays.
 *
 * @param {string} text
 * @param {{undo?: () => void, isError?: boolean, code?: string}} [options] code = which error it was
 */
export function toast(text, { undo, isError = false, code } = {}) {
  shelf ??= h("div", { class: "toasts", popover: "manual" })
  const home = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body
  if (shelf.parentNode !== home) home.append(shelf)
  // Shown anew it stands in front of what opened meanwhile.
  if (shelf.matches(":popover-open")) shelf.hidePopover()
  shelf.showPopover()
  while (shelf.children.length >= MOST) shelf.firstElementChild?.remove()

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const leave = () => {
    clearTimeout(timer)
    note.remove()
    if (shelf?.children.length === 0) shelf.hidePopover()
  }
  const wait = () => {
    clearTimeout(timer)
    if (!isError) timer = setTimeout(leave, SHOWN_MS)
  }
  const stay = () => clearTimeout(timer)
  const act = () => {
    leave()
    undo?.()
  }
  const words = h("span", { class: "toast-text", role: isError ? "alert" : "status" })
  const note = h(
    "div",
    {
      class: isError ? "toast bad" : "toast",
      onpointerenter: stay,
      onpointerleave: wait,
      onfocusin: stay,
      onfocusout: wait,
    },
    isError && icon("error"),
    words,
    undo && h("button", { class: "button ghost", type: "button", onclick: act }, t("toast.undo")),
    h(
      "button",
      { class: "button ghost icon-only", type: "button", "aria-label": t("toast.close"), onclick: leave },
      icon("close"),
    ),
  )
  shelf.append(note)
  words.append(text, ...code ? [" ", h("code", { class: "code" }, code)] : [])
  wait()
}
