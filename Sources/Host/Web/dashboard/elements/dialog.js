// @ts-check
import { ApiError, SignedOut } from "../model/api.js"
import { failureWords } from "../model/failure-words.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"

/** @typedef {import("./dom.js").Child} Child */

/**
 * @typedef {object} DialogParts
 * @property {string} title a question where there is something to decide
 * @property {string} [body] what is lost
 * @property {Child[]} [content] fields
 * @property {string} action what the button does: verb and object
 * @property {boolean} [isDanger]
 * @property {boolean} [isWide]
 * @property {string} [cancel]
 * @property {(form: HTMLFormElement) => void | Promise<void>} [submit] what it throws is shown, and the dialog stays
 */

/** Thrown by a `submit` whose field says what is wrong: the dialog stays and adds nothing. */
export class SaidAtField extends Error {}

/**
 * Asks one thing; `true` when the button was pressed.
 * @param {{title: string, body?: string, action: string, isDanger?: boolean, cancel?: string}} question
 * @returns {Promise<boolean>}
 */
export function ask(question) {
  return openDialog(question)
}

/**
 * A dialog with fields; `true` once `submit` has done its work, `false` when it was left.
 *
 * Escape and a click beside it leave it, unless something was typed; while `submit` works nothing does. The focus goes
 * back to where it was.
 *
 * @param {DialogParts} parts
 * @returns {Promise<boolean>}
 */
export function openDialog({ title, body, content = [], action, isDanger, isWide, cancel, submit }) {
  const { promise, resolve } = Promise.withResolvers()
  let isDirty = false
  let isDone = false
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true })
  const accept = h("button", { class: `button ${isDanger ? "danger" : "primary"}` }, action)
  const leave = h(
    "button",
    { class: "button", type: "button", onclick: () => dialog.close(), autofocus: isDanger },
    cancel ?? t("dialog.cancel"),
  )
  const isBusy = () => accept.ariaBusy === "true"
  /**
   * Who leaves takes back nothing that has begun, and would not see what comes of it.
   * @param {boolean} works
   */
  const wait = (works) => {
    accept.ariaBusy = works ? "true" : null
    leave.disabled = works
    // Of two Escapes in a row Chromium asks nobody about the second one; this it obeys.
    if (works) dialog.setAttribute("closedby", "none")
    else dialog.removeAttribute("closedby")
  }

  /** @param {SubmitEvent} event */
  const finish = async (event) => {
    event.preventDefault()
    if (isBusy()) return
    wait(true)
    failure.hidden = true
    try {
      await submit?.(form)
      isDone = true
      dialog.close()
    } catch (error) {
      if (error instanceof SaidAtField) return
      failure.replaceChildren(...reason(error))
      failure.hidden = false
    } finally {
      wait(false)
    }
  }
  const form = h(
    "form",
    { class: "dialog-form", method: "dialog", oninput: () => isDirty = true, onsubmit: finish },
    h("h2", { id: "dialog-title" }, title),
    body && h("p", { id: "dialog-body" }, body),
    content,
    failure,
    h("div", { class: "dialog-actions" }, leave, accept),
  )
  const dialog = raise(form, { isWide, mayLeave: () => !isDirty && !isBusy() })
  dialog.addEventListener("close", () => resolve(isDone))
  return promise
}

/**
 * A dialog that only shows; Escape, a click beside it and its button leave it.
 * @param {{title: string, content: Child[], isWide?: boolean}} parts
 */
export function showDialog({ title, content, isWide }) {
  const form = h(
    "form",
    { class: "dialog-form", method: "dialog" },
    h("h2", { id: "dialog-title" }, title),
    content,
    h("div", { class: "dialog-actions" }, h("button", { class: "button" }, t("dialog.close"))),
  )
  raise(form, { isWide })
}

/**
 * @param {HTMLFormElement} form
 * @param {{isWide?: boolean, mayLeave?: () => boolean}} options
 */
function raise(form, { isWide = false, mayLeave = () => true }) {
  const dialog = h(
    "dialog",
    {
      class: isWide ? "dialog wide" : "dialog",
      "aria-labelledby": "dialog-title",
      "aria-describedby": form.querySelector("#dialog-body") && "dialog-body",
    },
    form,
  )
  // A press that begins inside and ends outside, as when a text is selected, is no wish to leave.
  let isPressedOutside = false
  dialog.addEventListener("pointerdown", (event) => isPressedOutside = event.target === dialog)
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && isPressedOutside && mayLeave()) dialog.close()
  })
  dialog.addEventListener("cancel", (event) => {
    if (!mayLeave()) event.preventDefault()
  })
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/**
 * What a dialog threw in words of its own, or why the host did not do it.
 * @param {unknown} error
 * @returns {(string | Node)[]}
 */
function reason(error) {
  const isOwn = error instanceof Error && !(error instanceof ApiError || error instanceof SignedOut)
  if (isOwn) return [error.message]
  const { text, code } = failureWords(error)
  return code ? [text, " ", h("code", { class: "code" }, code)] : [text]
}
