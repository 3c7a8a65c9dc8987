// @ts-check
import { h } from "./dom.js"

const DELAY_MS = 400
const GAP = 6

/** @type {HTMLElement | undefined} */
let bubble
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/**
 * Lets every control with `data-tooltip` tell its text on hover after 400 ms, on focus at once; Escape takes it away.
 *
 * It only repeats what the control is called, so screen readers do not need it.
 */
export function watchTooltips() {
  document.addEventListener("pointerover", (event) => {
    const target = owner(event.target)
    clearTimeout(timer)
    if (target && event.pointerType === "mouse") timer = setTimeout(() => show(target), DELAY_MS)
    else if (event.target !== bubble) hide()
  })
  document.addEventListener("focusin", (event) => {
    const target = owner(event.target)
    // The focus may move because a menu opens or closes, and two cannot do so at once.
    if (target) setTimeout(() => target.matches(":focus-visible") && show(target))
  })
  document.addEventListener("focusout", hide)
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide())
  document.addEventListener("pointerdown", hide)
}

/** @param {EventTarget | null} target */
function owner(target) {
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-tooltip]")) : null
}

/** @param {HTMLElement} target */
function show(target) {
  if (!target.isConnected) return
  bubble ??= h("div", { class: "tooltip", popover: "manual", "aria-hidden": "true" })
  ;(target.closest("dialog") ?? document.body).append(bubble)
  bubble.textContent = target.dataset.tooltip ?? ""
  bubble.showPopover()
  const place = target.getBoundingClientRect()
  const { width, height } = bubble.getBoundingClientRect()
  const below = place.bottom + GAP
  bubble.style.setProperty("top", `${below + height <= innerHeight ? below : place.top - GAP - height}px`)
  const left = place.left + (place.width - width) / 2
  bubble.style.setProperty("left", `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`)
}

function hide() {
  clearTimeout(timer)
  if (bubble?.matches(":popover-open")) bubble.hidePopover()
}
