// @ts-check
import { showMenu } from "../elements/menu.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { sendTest, TEST_TYPES } from "../shell/commands.js"

/** @typedef {import("./overlay-frame.js").OverlayFrame} OverlayFrame */

/** Whether test events also go to the running overlays. */
let isOnStream = false

/**
 * Every kind of test event: in the preview alone, unless the streamer wants to see it on stream.
 * @param {HTMLElement} opener
 * @param {OverlayFrame} frame
 */
export function showTestEvents(opener, frame) {
  const toPreview = frame.isActive
  const send = (/** @type {string} */ type) => {
    if (toPreview) {
      frame.send("preview:event", { type })
      announce(t("editor.test-shown"))
    }
    if (isOnStream || !toPreview) void sendTest(type)
  }
  const goal = toPreview
    ? [{ label: t("editor.test-on-stream"), isChecked: isOnStream, act: () => void (isOnStream = !isOnStream) }]
    : []
  showMenu(
    [
      ...TEST_TYPES.map((type) => ({
        label: t(`editor.test-${type.split(":")[1]}`),
        icon: "send",
        act: () => send(type),
      })),
      ...goal,
    ],
    opener,
    t("editor.test"),
  )
}
