// @ts-check
import { endOf } from "./entrances.js"

const LONGEST_EXIT_MS = 600
// A widget that removes faster than its exits play would otherwise fill the slot with ghosts.
const MOST_AT_ONCE = 20

/** Elements that are gone from the view and only play their exit animation (attribute `data-exit`). */
export class LeavingElements {
  /** @type {Element[]} */
  #marked = []
  /** @type {Map<Element, ReturnType<typeof setTimeout>>} oldest first */
  #timers = new Map()

  /** @param {Element | Text} node */
  remove(node) {
    // A hidden page paints nothing, so nobody would see the exit, and its timers come late.
    if (node instanceof Text || !node.hasAttribute("data-exit") || document.hidden) return node.remove()
    node.classList.add("leaving")
    node.setAttribute("aria-hidden", "true")
    this.#marked.push(node)
  }

  /**
   * Whether this is, or is inside of, an element that is only still leaving.
   * @param {Element} element
   */
  holds(element) {
    for (const leaving of this.#timers.keys()) {
      if (leaving.contains(element)) return true
    }
    return false
  }

  /** Once per frame, because asking for animations makes the browser compute all styles. */
  settle() {
    const marked = this.#marked.splice(0)
    const running = marked.map((element) => element.getAnimations({ subtree: true }).filter(ends))
    marked.forEach((element, index) => this.#await(element, running[index]))
    for (const element of this.#timers.keys()) {
      if (this.#timers.size <= MOST_AT_ONCE) break
      this.#drop(element)
    }
  }

  clear() {
    for (const element of [...this.#timers.keys()]) this.#drop(element)
  }

  /**
   * @param {Element} element
   * @param {Animation[]} animations
   */
  #await(element, animations) {
    if (animations.length === 0) return element.remove()
    this.#timers.set(element, setTimeout(() => this.#drop(element), LONGEST_EXIT_MS))
    Promise.allSettled(animations.map((animation) => animation.finished)).then(() => this.#drop(element))
  }

  /** @param {Element} element */
  #drop(element) {
    clearTimeout(this.#timers.get(element))
    this.#timers.delete(element)
    element.remove()
  }
}

/**
 * A pulse without end would hold every element for the full time.
 * @param {Animation} animation
 */
function ends(animation) {
  return animation.playState === "running" && isFinite(endOf(animation))
}
