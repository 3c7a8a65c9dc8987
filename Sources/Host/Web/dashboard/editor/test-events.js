// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { showMenu } from "../elements/menu.js"
import { openTestDialog } from "../home/test-event.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { sendTestEvent, TEST_TYPES } from "../shell/commands.js"
import { report } from "../shell/failure.js"

/** @typedef {import("./overlay-frame.js").OverlayFrame} OverlayFrame */

/**
 * Every kind of test event: in the preview alone, until "Show on stream" is pressed.
 * @param {HTMLElement} opener
 * @param {OverlayFrame} frame
 * @param {HTMLElement} strip where it says what is in the preview
 */
export function showTestEvents(opener, frame, strip) {
  // Where there is no preview to be seen, a test event is only good for the stream.
  const hasPreview = frame.isActive && frame.checkVisibility()
  const send = (/** @type {string} */ type, /** @type {Record<string, any>} */ payload = {}) => {
    if (!hasPreview) return sendTestEvent(type, payload)
    frame.send("preview:event", { type, payload })
    showStrip(strip, opener, frame, type, payload)
  }
  showMenu(
    [
      ...TEST_TYPES.map((type) => ({
        label: t(`editor.test-${type.split(":")[1]}`),
        icon: "send",
        act: () => void Promise.resolve(send(type)).catch(report),
      })),
      {
        label: t("editor.test-own"),
        icon: "edit",
        act: () =>
          void openTestDialog({
            send,
            ...(hasPreview && { action: t("editor.test-in-preview"), body: t("editor.test-own-body") }),
          }),
      },
    ],
    opener,
    t("editor.test"),
  )
}

/**
 * Says what the preview has been shown, and lets it go on stream.
 * @param {HTMLElement} strip
 * @param {HTMLElement} opener
 * @param {OverlayFrame} frame
 * @param {string} type
 * @param {Record<string, any>} payload
 */
function showStrip(strip, opener, frame, type, payload) {
  const close = () => {
    const hadFocus = element.contains(document.activeElement)
    element.remove()
    if (hadFocus) opener.focus()
  }
  const goLive = async () => {
    if (live.ariaBusy === "true") return
    live.ariaBusy = "true"
    try {
      await sendTestEvent(type, payload)
      close()
    } catch (error) {
      await report(error)
    } finally {
      live.ariaBusy = null
    }
  }
  const kind = t(`editor.test-${type.split(":")[1]}`)
  const name = payload.user?.displayName
  const live = h("button", { class: "button small", type: "button", onclick: goLive }, t("editor.test-on-stream"))
  const again = () => frame.send("preview:event", { type, payload })
  const words = name ? t("editor.test-shown-of", { kind, name }) : t("editor.test-shown", { kind })
  const element = h(
    "div",
    { class: "test-strip" },
    h("span", { class: "grow" }, words),
    h("button", { class: "button ghost small", type: "button", onclick: again }, t("editor.test-again")),
    live,
    h("button", {
      class: "button ghost icon-only small",
      type: "button",
      "aria-label": t("editor.test-close"),
      onclick: close,
    }, icon("close")),
  )
  strip.replaceChildren(element)
  announce(words)
}
