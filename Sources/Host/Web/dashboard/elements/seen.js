// @ts-check

/**
 * Acts once an element can be seen, when the page has nothing better to do.
 * @param {Element} element
 * @param {() => void} act
 */
export function whenSeen(element, act) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    observer.disconnect()
    whenIdle(act)
  })
  observer.observe(element)
}

/**
 * Acts when the page has nothing better to do; soon, where a browser cannot tell when that is.
 * @param {() => void} act
 * @param {IdleRequestOptions} [options]
 */
export function whenIdle(act, options) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(act, options)
  else setTimeout(act)
}
