// @ts-check
import { Branch, grow, growAll } from "./branch.js"
import { finishEntrances } from "./entrances.js"
import { LeavingElements } from "./leaving-elements.js"
import { ViewError } from "./view-error.js"

/**
 * @typedef {import("./branch.js").VNode} VNode
 * @typedef {any[]} Op
 */

/** One widget's picture: set whole, or changed by operations. */
export class View {
  // A Map, not an object literal: an op named "constructor" must find nothing.
  /** @type {Map<unknown, (view: View, op: Op) => void>} */
  static #operations = new Map([
    ["t", (view, [, path, text]) => view.#setText(path, text)],
    ["a", (view, [, path, props]) => view.#merge(path, props)],
    ["i", (view, [, path, before, vnode]) => view.#insert(path, before, vnode)],
    ["x", (view, [, path]) => view.#remove(path)],
    ["m", (view, [, path, key, beforeKey]) => view.#move(path, key, beforeKey)],
    ["r", (view, [, path, vnode]) => view.#replace(path, vnode)],
  ])

  #root
  #leaving = new LeavingElements()
  /** @type {Element[]} */
  #moved = []

  /** @param {ShadowRoot} container */
  constructor(container) {
    this.#root = new Branch(container, null)
  }

  /**
   * All or nothing: a picture that cannot be built leaves the last good one on screen.
   * @param {VNode[]} vnodes
   */
  show(vnodes) {
    const branches = growAll(vnodes)
    const container = /** @type {ShadowRoot} */ (this.#root.node)
    this.#leaving.clear()
    container.replaceChildren()
    this.#root = new Branch(container, null)
    for (const branch of branches) this.#root.insert(branch, null)
  }

  /**
   * In order, each against the tree that the one before it left.
   * @param {Op[]} ops
   * @throws {ViewError} the picture is then broken until `show`
   */
  apply(ops) {
    try {
      for (const op of ops) this.#apply(op)
    } finally {
      this.#leaving.settle()
      // To the browser a moved element is a new one, and its entrance would play a second time.
      for (const element of this.#moved.splice(0)) finishEntrances(element, { subtree: true })
    }
  }

  /**
   * Places in the log of the alerts that it shows (attribute `data-alert`), without what is only still leaving.
   * @returns {Generator<number>}
   */
  *alerts() {
    const container = /** @type {ShadowRoot} */ (this.#root.node)
    for (const element of container.querySelectorAll("[data-alert]")) {
      const seq = element.getAttribute("data-alert") ?? ""
      if (/^\d{1,15}$/.test(seq) && !this.#leaving.holds(element)) yield Number(seq)
    }
  }

  /** @param {Op} op */
  #apply(op) {
    const run = Array.isArray(op) ? View.#operations.get(op[0]) : undefined
    if (!run) throw new ViewError("unknown operation")
    run(this, op)
  }

  /**
   * @param {unknown} path
   * @returns {Branch}
   */
  #at(path) {
    if (!Array.isArray(path)) throw new ViewError("a path is a list")
    return path.reduce((branch, step) => branch.child(step), this.#root)
  }

  /**
   * @param {unknown} path
   * @param {unknown} text
   */
  #setText(path, text) {
    const { node } = this.#at(path)
    if (!(node instanceof Text) || typeof text !== "string") throw new ViewError("no text there")
    node.data = text
  }

  /**
   * @param {unknown} path
   * @param {Record<string, any>} props
   */
  #merge(path, props) {
    const branch = this.#at(path)
    if (!(branch.node instanceof Element)) throw new ViewError("no element there")
    branch.set(props)
  }

  /**
   * @param {unknown} path
   * @param {unknown} before
   * @param {VNode} vnode
   */
  #insert(path, before, vnode) {
    const parent = this.#at(path)
    const atEnd = before === null || before === parent.children.length
    const next = atEnd ? null : parent.child(before)
    const branch = grow(vnode)
    if (branch.key !== null && parent.children.some((child) => child.key === branch.key)) {
      throw new ViewError(`key twice: ${branch.key}`)
    }
    parent.insert(branch, next)
  }

  /** @param {unknown} path */
  #remove(path) {
    const branch = this.#at(path)
    branch.detach()
    this.#leaving.remove(/** @type {Element | Text} */ (branch.placed))
  }

  /**
   * @param {unknown} path
   * @param {unknown} key
   * @param {unknown} beforeKey
   */
  #move(path, key, beforeKey) {
    if (typeof key !== "string") throw new ViewError("only a keyed node moves")
    const parent = this.#at(path)
    const branch = parent.child(key)
    const next = beforeKey === null ? null : parent.child(beforeKey)
    if (next === branch) return
    branch.detach()
    parent.insert(branch, next)
    this.#moved.push(/** @type {Element} */ (branch.placed))
  }

  /**
   * @param {unknown} path
   * @param {VNode} vnode
   */
  #replace(path, vnode) {
    const old = this.#at(path)
    const parent = old.parent
    if (!parent) throw new ViewError("the root stays")
    // No check for a key twice: an unkeyed list is rewritten place by place and may pass through one.
    parent.insert(grow(vnode), old)
    old.detach()
    old.placed.parentNode?.removeChild(old.placed)
  }
}
