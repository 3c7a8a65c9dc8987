// @ts-check
import { SignedOut } from "../model/api.js"
import { failureWords } from "../model/failure-words.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"

/** @typedef {import("./dom.js").Child} Child */

const SKELETON_MS = 150
const SLOW_MS = 8_000

/**
 * A card that fetches what it shows: grey rows at first, "Still loading" after 8 s, and its own failure with Try again.
 * @param {string} id also the anchor of the page
 * @param {string} title
 * @param {(again: () => Promise<void>) => Promise<Child[]> | Child[]} load
 * @param {{isDanger?: boolean, isPlain?: boolean}} [options] plain = no card, for what brings cards of its own
 */
export function section(id, title, load, { isDanger = false, isPlain = false } = {}) {
  const body = h("div", { class: isPlain ? "stack" : "body" })
  const look = isPlain ? "visually-hidden" : isDanger && "danger-title"
  const heading = h("h2", { id: `${id}-title`, class: look, tabindex: "-1" }, title)
  let tries = 0
  const show = async () => {
    tries += 1
    const own = tries
    // Who has pressed Try again no longer waits for the answer before.
    const isNewest = () => own === tries
    const hadFocus = body.contains(document.activeElement)
    const grey = setTimeout(() => isNewest() && body.replaceChildren(skeleton()), SKELETON_MS)
    const slow = setTimeout(() => isNewest() && body.replaceChildren(skeleton(), stillLoading(show)), SLOW_MS)
    body.ariaBusy = "true"
    try {
      const content = await load(show)
      if (isNewest()) body.replaceChildren(...h("div", null, content).childNodes)
    } catch (error) {
      if (error instanceof SignedOut) report(error)
      if (isNewest()) body.replaceChildren(failure(error, show))
    } finally {
      clearTimeout(grey)
      clearTimeout(slow)
      if (isNewest()) body.ariaBusy = null
    }
    // What was pressed may be gone with what it did; reading goes on at the same part.
    if (hadFocus && (document.activeElement ?? document.body) === document.body) heading.focus()
  }
  show()
  const head = isPlain ? heading : h("header", null, heading)
  return h("section", { class: isPlain ? "" : "card", id, "aria-labelledby": `${id}-title` }, head, body)
}

/**
 * A button that says while its work runs that it does, and tells when the work failed.
 * @param {string} label
 * @param {() => unknown} act
 * @param {import("./dom.js").Props} [props]
 */
export function actionButton(label, act, { class: kind = "", ...props } = {}) {
  const button = h("button", { class: `button ${kind}`, type: "button", ...props }, label)
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") return
    button.ariaBusy = "true"
    try {
      await act()
    } catch (error) {
      await report(error)
    } finally {
      button.ariaBusy = null
    }
  })
  return button
}

/**
 * A label above its control, and a hint below.
 * @param {string} label
 * @param {HTMLElement} control with an id
 * @param {string} [hint]
 */
export function field(label, control, hint) {
  if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`)
  return h(
    "div",
    { class: "field" },
    h("label", { for: control.id }, label),
    control,
    hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint),
  )
}

/**
 * The same, with what is wrong in the hint's place once `check` was asked, and from then on at every letter.
 *
 * `refuse` says something else there until the next letter: what the host alone knows.
 *
 * @param {string} label
 * @param {HTMLInputElement} control with an id
 * @param {string} wanted what is said while it is wrong
 * @param {() => boolean} isRight
 * @param {string} [hint]
 */
export function checkedField(label, control, wanted, isRight, hint) {
  const element = field(label, control, hint)
  const tip = control.getAttribute("aria-describedby") ?? ""
  const reason = h("span")
  const error = h("p", { class: "error", id: `${control.id}-error`, hidden: true }, icon("error"), reason)
  /**
   * @param {boolean} isFine
   * @param {string} [text]
   */
  const show = (isFine, text = wanted) => {
    reason.textContent = text
    error.hidden = isFine
    control.ariaInvalid = isFine ? null : "true"
    const description = isFine ? tip : error.id
    if (description) control.setAttribute("aria-describedby", description)
    else control.removeAttribute("aria-describedby")
    for (const one of element.querySelectorAll(".hint")) one.toggleAttribute("hidden", !isFine)
    return isFine
  }
  const check = () => show(isRight())
  const refuse = (/** @type {string} */ text) => show(false, text)
  control.addEventListener("input", () => control.ariaInvalid === "true" && check())
  element.append(error)
  return { element, check, refuse }
}

// Whoever sees it has waited already.
function skeleton() {
  const rows = [1, 2, 3].map(() => h("div", { class: "skeleton is-due" }))
  return h("div", { class: "stack", "aria-hidden": "true" }, rows)
}

/** @param {() => void} again */
function stillLoading(again) {
  return h(
    "div",
    { class: "state", role: "status" },
    h("p", null, t("shell.slow")),
    h("button", { class: "button", type: "button", onclick: again }, t("shell.retry")),
  )
}

/**
 * @param {unknown} error
 * @param {() => void} again
 */
function failure(error, again) {
  const { text, code } = failureWords(error)
  return h(
    "div",
    { class: "state", role: "alert" },
    icon("error"),
    h("h3", null, t("shell.not-loaded")),
    h("p", null, text, " ", code && h("code", { class: "code" }, code)),
    h("button", { class: "button", type: "button", onclick: again }, t("shell.retry")),
  )
}
