// @ts-check
import { ask } from "../elements/dialog.js"
import { SignedOut } from "../model/api.js"
import { failureWords } from "../model/failure-words.js"
import { t } from "../model/words.js"
import { toast } from "./toast.js"

let isAsking = false

/** To sign in and come back: the host keeps in mind which page was asked for. */
export function signInAgain() {
  location.assign(location.pathname)
}

/**
 * Says what went wrong and that nothing was changed; a session that has ended is offered to be begun anew.
 *
 * The page stays as it is, so nothing that was typed is lost by this.
 *
 * @param {unknown} error
 */
export async function report(error) {
  if (!(error instanceof SignedOut)) {
    const { text, code } = failureWords(error)
    return toast(text, { isError: true, code })
  }
  if (isAsking) return
  isAsking = true
  const wants = await ask({
    title: t("shell.signed-out"),
    body: t("shell.signed-out-body"),
    action: t("shell.sign-in"),
  })
  isAsking = false
  if (wants) signInAgain()
}

/** @param {unknown} error */
export function messageOf(error) {
  const { text, code } = failureWords(error)
  return code ? `${text} (${code})` : text
}
