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
    requestIdleCallback(act)
  })
  observer.observe(element)
}
