// @ts-check
import { h } from "../elements/dom.js"
import { openDialog } from "../elements/dialog.js"
import { t } from "../model/words.js"

/**
 * Asks whose version of a layout is to be kept.
 * @returns {Promise<"mine" | "theirs" | "later">}
 */
export async function askWhose() {
  /** @type {"mine" | "theirs" | "later"} */
  let answer = "later"
  const theirs = h(
    "button",
    {
      class: "button",
      type: "button",
      onclick: () => {
        answer = "theirs"
        theirs.closest("dialog")?.close()
      },
    },
    t("editor.take-theirs"),
  )
  const asking = openDialog({
    title: t("editor.conflict-title"),
    body: t("editor.conflict-body"),
    content: [h("p", { class: "hint" }, t("editor.conflict-theirs")), h("div", null, theirs)],
    action: t("editor.keep-mine"),
    cancel: t("editor.decide-later"),
  })
  // Enter must not decide before anybody has read.
  const later = theirs.closest("dialog")?.querySelector(".dialog-actions .button")
  if (later instanceof HTMLElement) later.focus()
  return await asking ? "mine" : answer
}
