// @ts-check
import { ask } from "../elements/dialog.js"
import { SignedOut } from "../model/api.js"
import { t } from "../model/words.js"
import { toast } from "./toast.js"

let isAsking = false

/**
 * Says what went wrong and that nothing was changed; a session that has ended is offered to be begun anew.
 *
 * The page stays as it is, so nothing that was typed is lost by this.
 *
 * @param {unknown} error
 */
export async function report(error) {
  if (!(error instanceof SignedOut)) return toast(messageOf(error), { isError: true })
  if (isAsking) return
  isAsking = true
  const wants = await ask({
    title: t("shell.signed-out"),
    body: t("shell.signed-out-body"),
    action: t("shell.sign-in"),
  })
  isAsking = false
  if (wants) location.assign("/auth/login")
}

/** @param {unknown} error */
export function messageOf(error) {
  const status = /** @type {any} */ (error)?.status
  if (status === 0) return t("shell.unreachable")
  return error instanceof Error && status ? `${error.message} (E${status})` : t("shell.broken")
}
