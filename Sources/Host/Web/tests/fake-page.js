// @ts-check

/** @typedef {FakeElement | string} FakeNode a string is a text */

/** As much of an element as dialogs and the parts of a page need. */
export class FakeElement extends EventTarget {
  /** @type {FakeElement | null} */
  parentNode = null
  /** @type {FakeNode[]} */
  childNodes = []
  /** @type {Record<string, string>} */
  dataset = {}
  className = ""
  hidden = false
  disabled = false
  open = false
  value = ""
  /** @type {string | null} */
  ariaBusy = null
  /** @type {Map<string, string>} */
  #attributes = new Map()

  /** @param {string} tag */
  constructor(tag) {
    super()
    this.tag = tag
  }

  get parentElement() {
    return this.parentNode
  }

  get id() {
    return this.getAttribute("id") ?? ""
  }

  /** @returns {boolean} */
  get isConnected() {
    return this === page.body || (this.parentNode?.isConnected ?? false)
  }

  /** @returns {string} */
  get textContent() {
    return this.childNodes.map((one) => typeof one === "string" ? one : one.textContent).join("")
  }

  set textContent(text) {
    this.replaceChildren(text)
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.#attributes.get(name) ?? null
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  setAttribute(name, value) {
    if (name === "class") this.className = value
    else this.#attributes.set(name, value)
  }

  /** @param {string} name */
  removeAttribute(name) {
    this.#attributes.delete(name)
  }

  /** @param {...FakeNode} nodes */
  append(...nodes) {
    this.#put(this.childNodes.length, nodes)
  }

  /** @param {...FakeNode} nodes */
  replaceChildren(...nodes) {
    for (const one of this.childNodes) if (typeof one !== "string") one.#leave()
    this.childNodes = []
    this.append(...nodes)
  }

  /** @param {...FakeNode} nodes */
  after(...nodes) {
    const around = this.parentNode
    if (around) around.#put(around.childNodes.indexOf(this) + 1, nodes)
  }

  /** @param {...FakeNode} nodes */
  replaceWith(...nodes) {
    this.after(...nodes)
    this.remove()
  }

  remove() {
    if (this.parentNode) this.parentNode.childNodes = this.parentNode.childNodes.filter((one) => one !== this)
    this.#leave()
  }

  #leave() {
    if (this.contains(page.activeElement)) page.activeElement = page.body
    this.parentNode = null
  }

  /**
   * @param {number} index
   * @param {FakeNode[]} nodes
   */
  #put(index, nodes) {
    for (const one of nodes) {
      if (typeof one === "string") continue
      one.remove()
      one.parentNode = this
    }
    this.childNodes.splice(index, 0, ...nodes)
  }

  /**
   * @param {FakeElement | null} other
   * @returns {boolean}
   */
  contains(other) {
    return other !== null && (other === this || this.contains(other.parentNode))
  }

  /** @param {string} selector of `tag`, `#id`, `.class` and `[data-name]`, one inside of the other */
  querySelectorAll(selector) {
    const [last = "", ...outer] = selector.split(" ").reverse()
    return this.#all().filter((one) => {
      if (!one.#is(last)) return false
      let around = one.parentNode
      return outer.every((part) => {
        while (around && !around.#is(part)) around = around.parentNode
        return around !== null
      })
    })
  }

  /** @param {string} selector */
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null
  }

  /** @returns {FakeElement[]} */
  #all() {
    return this.childNodes.flatMap((one) => typeof one === "string" ? [] : [one, ...one.#all()])
  }

  /** @param {string} selector */
  #is(selector) {
    if (selector.startsWith("#")) return this.id === selector.slice(1)
    if (selector.startsWith(".")) return this.className.split(" ").includes(selector.slice(1))
    if (selector.startsWith("[data-")) return selector.slice(6, -1) in this.dataset
    return this.tag === selector
  }

  focus() {
    page.activeElement = this
  }

  click() {
    if (!this.disabled) this.dispatchEvent(new Event("click"))
  }

  showModal() {
    this.open = true
  }

  close() {
    if (!this.open) return
    this.open = false
    this.dispatchEvent(new Event("close"))
  }
}

const body = new FakeElement("body")
/** What stands for `document`; a sentence without a catalogue is its key. */
export const page = {
  body,
  /** @type {FakeElement} */
  activeElement: body,
  documentElement: { lang: "en" },
  createElement: (/** @type {string} */ tag) => new FakeElement(tag),
  createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new FakeElement(tag),
  getElementById: (/** @type {string} */ id) => body.querySelector(`#${id}`),
  querySelector: (/** @type {string} */ selector) => body.querySelector(selector),
  querySelectorAll: (/** @type {string} */ selector) => body.querySelectorAll(selector),
}

const globals = /** @type {any} */ (globalThis)
globals.document = page
globals.Node = FakeElement
Object.defineProperty(globals, "navigator", { value: { language: "en" }, configurable: true })
// Browsers had it before this Node.
globals.Promise.withResolvers ??= () => {
  /** @type {any} */
  const all = {}
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }))
  return all
}
