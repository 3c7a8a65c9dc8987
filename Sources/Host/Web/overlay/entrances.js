// @ts-check

/**
 * Puts entrance animations (keyframes named `enter…`) at their end.
 *
 * What was on screen before a reconnect has entered already; playing it again would look like new events.
 * @param {ShadowRoot | Element} scope
 * @param {GetAnimationsOptions} [options]
 */
export function finishEntrances(scope, options) {
  // An element's method alone takes options; a shadow root answers for everything inside.
  for (const animation of /** @type {Element} */ (scope).getAnimations(options)) {
    if (!(animation instanceof CSSAnimation) || !isEntrance(animation)) continue
    // An endless animation has no end to go to and would throw.
    if (isFinite(endOf(animation))) animation.finish()
  }
}

/** @param {CSSAnimation} animation */
export function isEntrance(animation) {
  return animation.animationName.startsWith("enter")
}

/** @param {Animation} animation */
export function endOf(animation) {
  return Number(animation.effect?.getComputedTiming().endTime ?? 0)
}
