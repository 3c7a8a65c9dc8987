// @ts-check

// What comes in has come in by then, and an alert is still there.
const STILL_AFTER_MS = 1_200
// A frame that cannot connect keeps nobody waiting.
const GIVE_UP_MS = 10_000

/**
 * Waits until the frame's widget has drawn its samples, or will not any more.
 * @param {EventTarget} frame
 * @returns {Promise<void>}
 */
export function untilDrawn(frame) {
  return new Promise((resolve) => {
    let timer = setTimeout(resolve, GIVE_UP_MS)
    frame.addEventListener("greeted", () => {
      clearTimeout(timer)
      timer = setTimeout(resolve, STILL_AFTER_MS)
    }, { once: true })
    frame.addEventListener("gone", () => {
      clearTimeout(timer)
      resolve()
    }, { once: true })
  })
}
