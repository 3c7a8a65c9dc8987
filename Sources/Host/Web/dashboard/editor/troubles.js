// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { healthOf, restart, showLog, troubleText } from "./health.js"

/**
 * @typedef {import("./health.js").Health} Health
 * @typedef {import("./store.js").EditorStore} EditorStore
 *
 * @typedef {object} Trouble a widget on air that does not run
 * @property {string} id
 * @property {Health} health
 */

/** How often the host is asked while somebody looks. */
const LOOK_EVERY_MS = 5_000

/** Which widgets on air do not run, and why; it tells `change` when that is different. */
export class Troubles extends EventTarget {
  /** @type {Map<string, Trouble>} */
  #found = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #isLooking = false
  #isOver = false
  #restarts = 0

  /**
   * @param {EditorStore} store
   * @param {(key: string) => string | undefined} idOnAir
   */
  constructor(store, idOnAir) {
    super()
    this.store = store
    this.idOnAir = idOnAir
  }

  /** @param {string} key */
  of(key) {
    return this.#found.get(key)
  }

  /** Asks now, and from then on as long as the page is seen. */
  async look() {
    clearTimeout(this.#timer)
    if (document.hidden || this.#isLooking || this.#isOver) return
    this.#isLooking = true
    try {
      await this.#ask()
    } finally {
      this.#isLooking = false
      if (!this.#isOver) this.#timer = setTimeout(() => void this.look(), LOOK_EVERY_MS)
    }
  }

  /** Asks no more: its editor is gone. */
  stop() {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  /** @param {string} key */
  async restart(key) {
    const trouble = this.#found.get(key)
    if (!trouble || !await restart(trouble.id, this.store.nameOf(key))) return
    this.#restarts += 1
    this.#found.delete(key)
    this.#changed()
    void this.look()
  }

  /** @param {string} key */
  showLog(key) {
    const trouble = this.#found.get(key)
    if (trouble) showLog(trouble.health, this.store.nameOf(key))
  }

  async #ask() {
    // The program's own widgets do not stop.
    const strangers = this.store.layout.widgets.filter((widget) => this.store.typeOf(widget)?.kind === "lua")
    const restarts = this.#restarts
    /** @type {Map<string, Trouble>} */
    const found = new Map()
    await Promise.all(strangers.map(async ({ key }) => {
      const id = this.idOnAir(key)
      if (!id) return
      const before = this.#found.get(key)
      try {
        // How much of its budget is used is never the same twice.
        const { state, error, log } = await healthOf(id)
        const trouble = { id, health: { state, error, log } }
        // What is drawn stays as long as nothing of it is new: a log that is open, a button with the focus.
        const isSame = JSON.stringify(trouble) === JSON.stringify(before)
        if (state !== "running") found.set(key, isSame && before ? before : trouble)
      } catch {
        // What cannot be asked now is as it was.
        if (before) found.set(key, before)
      }
    }))
    // An answer from before a restart says nothing of it.
    if (restarts !== this.#restarts) return
    const isSame = found.size === this.#found.size &&
      [...found].every(([key, trouble]) => trouble === this.#found.get(key))
    if (isSame) return
    const [fresh] = [...found].filter(([key]) => !this.#found.has(key))
    this.#found = found
    this.#changed()
    if (fresh) announce(troubleText(fresh[1].health, this.store.nameOf(fresh[0])), { assertive: true })
  }

  #changed() {
    this.dispatchEvent(new Event("change"))
  }
}

/**
 * What lies over the box of a widget that does not run: why, and what helps.
 *
 * Not inside of the box, which is a button itself.
 * @param {Troubles} troubles
 * @param {string} key
 */
export function troubleCard(troubles, key) {
  const text = h("p")
  const log = h("button", { class: "button small", type: "button", onclick: () => troubles.showLog(key) })
  log.textContent = t("editor.log")
  const again = h(
    "button",
    { class: "button small", type: "button", onclick: () => void troubles.restart(key) },
    t("editor.restart"),
  )
  const element = h("div", { class: "box-trouble", role: "group" }, icon("warning"), text, h("div", null, again, log))
  /** @param {string} name */
  const fill = (name) => {
    const trouble = troubles.of(key)
    if (!trouble) return
    text.textContent = troubleText(trouble.health, name)
    element.setAttribute("aria-label", name)
  }
  return { element, fill }
}
