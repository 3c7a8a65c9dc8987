// @ts-check
import { PictureWords } from "./picture-words.js"
import { isSvgTag, isTagAllowed, SVG_NAMESPACE } from "./policy.js"
import { keyOf, setProps } from "./props.js"
import { ViewError } from "./view-error.js"

/** @typedef {string | [tag: string, props?: Record<string, any> | 0, ...children: any[]]} VNode */

/**
 * A node of the view, beside its DOM node.
 *
 * Paths count these children and not `childNodes`: an element that is only still leaving shifts no address.
 */
export class Branch {
  /** @type {Branch | null} */
  parent = null
  /** @type {Branch[]} */
  children = []
  /** @type {PictureWords | null} */
  #words

  /**
   * @param {Element | Text | ShadowRoot} node
   * @param {string | null} key
   */
  constructor(node, key) {
    this.node = node
    this.key = key
    this.#words = node instanceof HTMLImageElement ? new PictureWords(node) : null
  }

  /** What stands in the document: `node`, or the words for a picture that cannot be loaded. */
  get placed() {
    return this.#words?.placed ?? this.node
  }

  /** @param {Record<string, any>} props */
  set(props) {
    setProps(/** @type {Element} */ (this.node), props)
    if ("k" in props) this.key = keyOf(props)
    this.#words?.update()
  }

  /**
   * Lists are short, so a key is searched; an index of keys would have to be right after every operation.
   * @param {unknown} step
   */
  child(step) {
    const found = typeof step === "number"
      ? this.children[step]
      : this.children.find((child) => child.key !== null && child.key === step)
    if (!found) throw new ViewError(`nothing at ${JSON.stringify(step)}`)
    return found
  }

  /**
   * @param {Branch} branch
   * @param {Branch | null} before
   */
  insert(branch, before) {
    if (this.node instanceof Text) throw new ViewError("text has no children")
    const at = before === null ? this.children.length : this.children.indexOf(before)
    this.node.insertBefore(branch.placed, before === null ? null : before.placed)
    this.children.splice(at, 0, branch)
    branch.parent = this
  }

  /** Takes the branch out of the view and leaves its node where it is. */
  detach() {
    const siblings = this.parent?.children
    if (!siblings) throw new ViewError("the root stays")
    siblings.splice(siblings.indexOf(this), 1)
    this.parent = null
  }
}

/**
 * @param {VNode} vnode
 * @returns {Branch}
 */
export function grow(vnode) {
  if (typeof vnode === "string") return new Branch(document.createTextNode(vnode), null)
  if (!Array.isArray(vnode) || !isTagAllowed(vnode[0])) throw new ViewError(`not a node: ${describe(vnode)}`)

  const [tag, props, ...children] = vnode
  const element = isSvgTag(tag) ? document.createElementNS(SVG_NAMESPACE, tag) : document.createElement(tag)
  const branch = new Branch(element, null)
  if (props) branch.set(props)
  for (const child of growAll(children)) branch.insert(child, null)
  return branch
}

/**
 * @param {VNode[]} vnodes
 * @returns {Branch[]}
 */
export function growAll(vnodes) {
  if (!Array.isArray(vnodes)) throw new ViewError("not a list of nodes")
  const keys = new Set()
  return vnodes.map((vnode) => {
    const branch = grow(vnode)
    if (branch.key !== null && keys.has(branch.key)) throw new ViewError(`key twice: ${branch.key}`)
    keys.add(branch.key)
    return branch
  })
}

/** @param {unknown} vnode */
function describe(vnode) {
  return String(Array.isArray(vnode) ? vnode[0] : vnode).slice(0, 40)
}
