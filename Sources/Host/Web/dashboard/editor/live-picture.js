// @ts-check
import { whenSeen } from "../elements/seen.js"
import { pixels } from "../model/layout.js"
import { OverlayFrame, previewAddress } from "./overlay-frame.js"
import { untilDrawn } from "./until-drawn.js"

/** @typedef {import("../model/layout.js").WidgetType} WidgetType */

// Somebody who passes over ten cards wants to see none of them run.
const LIVE_AFTER_MS = 200
// Where the defaults show nothing until a streamer has written something.
/** @type {Record<string, object>} */
const SAMPLE_SETTINGS = { tips: { mode: "donations" } }
// In pixels of the overlay; what is wider would be too small to read.
const WIDEST = 640

/** Pictures that are still to be taken, one at a time: each is a page with a widget of its own. */
let queue = Promise.resolve()

/**
 * Shows a widget in its small picture: what it draws of sample events, which moves while it is pointed at or has the
 * focus.
 * @param {HTMLElement} button
 * @param {HTMLElement} thumb
 * @param {WidgetType} type
 */
export function showLive(button, thumb, type) {
  const source = previewAddress({ type: type.id, config: JSON.stringify(SAMPLE_SETTINGS[type.id] ?? {}) })
  if (!source) return
  /** @type {OverlayFrame | null} */
  let frame = null
  let drawn = Promise.resolve()
  let isLive = false
  const isThere = () => thumb.isConnected && thumb.clientWidth > 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** What it draws, from the beginning. */
  const draw = () => {
    if (frame) frame.reload()
    else frame = place(thumb, type, source)
    // From now on: its turn to be taken may be long after it has drawn.
    drawn = untilDrawn(frame)
    return frame
  }
  const begin = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!isThere()) return
      isLive = true
      draw()
    }, LIVE_AFTER_MS)
  }
  const end = () => {
    clearTimeout(timer)
    if (button.matches(":hover, :focus") || !isLive) return
    isLive = false
    draw()
    rest()
  }
  /** Takes the picture when it is its turn. */
  const rest = () => {
    queue = queue.then(async () => {
      if (!thumb.isConnected || isLive) return
      // Filtered away before its turn it has no size to draw in.
      if (!isThere()) return whenSeen(thumb, rest)
      const picture = frame ?? draw()
      const own = drawn
      await own
      // What has begun anew meanwhile moves, or has another turn.
      if (own === drawn) picture.freeze()
    })
  }
  button.addEventListener("pointerenter", begin)
  button.addEventListener("focus", begin)
  button.addEventListener("pointerleave", end)
  button.addEventListener("blur", end)
  whenSeen(thumb, rest)
}

/**
 * @param {HTMLElement} thumb
 * @param {WidgetType} type
 * @param {string} source
 */
function place(thumb, type, source) {
  const width = Math.min(pixels({ x: 0, y: 0, ...type.defaultSize }).width, WIDEST)
  const scale = thumb.clientWidth / width
  const frame = new OverlayFrame()
  thumb.append(frame)
  frame.resize(width, Math.round(thumb.clientHeight / scale))
  frame.scale = scale
  if (!type.events.some((name) => name === "event:follow" || name === "event:*")) frame.firstEvent = "event:tip"
  frame.source = source
  return frame
}
