// @ts-check
import { copyText } from "../elements/clipboard.js"
import { api } from "../model/api.js"
import { t } from "../model/words.js"
import { report } from "./failure.js"
import { overlayLink } from "./overlay-link.js"
import { toast } from "./toast.js"

const LAST = "streamvibes.last-test"
/** What a test event can be, the commonest first; `kind.<second part>` is how it is called. */
export const TEST_TYPES = [
  "event:follow",
  "event:subscribe",
  "event:tip",
  "event:raid",
  "event:redemption",
  "chat:message",
]

/** What was sent last, in this tab. */
export function lastTest() {
  const last = sessionStorage.getItem(LAST) ?? ""
  return TEST_TYPES.includes(last) ? last : TEST_TYPES[0]
}

/**
 * Sends a test event that seems to come from the platform that is shown.
 * @param {string} type
 * @param {Record<string, any>} [payload]
 */
export async function sendTestEvent(type, payload = {}) {
  const { platform } = document.body.dataset
  await api("POST", "/api/events/test", { type, payload, ...(platform && { platform }) })
  sessionStorage.setItem(LAST, type)
  toast(t("shell.test-sent"))
}

/** The same, the last one again unless told which, where nobody else says that it failed. */
export async function sendTest(type = lastTest()) {
  try {
    await sendTestEvent(type)
  } catch (error) {
    await report(error)
  }
}

/** Copies the overlay's address of the platform that is shown. */
export async function copyOverlayLink() {
  try {
    const { address, isPrivate } = await overlayLink()
    if (await copyText(address)) return toast(t("shell.link-copied"))
    // A key is not written on the screen.
    toast(isPrivate ? t("shell.link-in-settings") : address)
  } catch (error) {
    await report(error)
  }
}
