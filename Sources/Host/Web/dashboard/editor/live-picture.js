// @ts-check
import { pixels } from "../model/layout.js"
import { OverlayFrame, previewAddress } from "./overlay-frame.js"

/** @typedef {import("../model/layout.js").WidgetType} WidgetType */

// Somebody who passes over ten cards wants to see none of them run.
const LIVE_AFTER_MS = 200

/**
 * Lets the widget itself run in its small picture while it is pointed at or has the focus.
 * @param {HTMLElement} button
 * @param {HTMLElement} thumb
 * @param {WidgetType} type
 */
export function showLive(button, thumb, type) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const begin = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const source = previewAddress({ type: type.id, config: "{}" })
      if (!source || !thumb.isConnected || thumb.querySelector("ui-overlay-frame")) return
      const { width, height } = pixels({ x: 0, y: 0, ...type.defaultSize })
      const frame = new OverlayFrame()
      thumb.append(frame)
      frame.resize(width, height)
      frame.scale = Math.min(thumb.clientWidth / width, thumb.clientHeight / height)
      frame.source = source
    }, LIVE_AFTER_MS)
  }
  const end = () => {
    clearTimeout(timer)
    if (!button.matches(":hover, :focus")) thumb.querySelector("ui-overlay-frame")?.remove()
  }
  button.addEventListener("pointerenter", begin)
  button.addEventListener("focus", begin)
  button.addEventListener("pointerleave", end)
  button.addEventListener("blur", end)
}
