// @ts-check
import { isEntrance } from "./entrances.js"

/**
 * Puts the animations of a new picture where they would be had this page shown it from the beginning.
 *
 * `data-since` says when an element came on screen, in milliseconds by the clock of the log; it counts for everything
 * inside. Both moments are the server's, so it does not matter what time this computer believes it is.
 * @param {ShadowRoot} root
 * @param {number} now the server's, NaN = not known
 */
export function catchUp(root, now) {
  // Asking for animations makes the browser compute all styles, and most pictures have no such element.
  if (Number.isNaN(now) || !root.querySelector("[data-since]")) return
  for (const animation of root.getAnimations()) {
    if (!(animation instanceof CSSAnimation) || isEntrance(animation)) continue
    const target = /** @type {KeyframeEffect} */ (animation.effect).target
    const since = Number.parseInt(target?.closest("[data-since]")?.getAttribute("data-since") ?? "", 10)
    if (now > since) animation.currentTime = now - since
  }
}
