// @ts-check
import { copyText } from "../elements/clipboard.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { api } from "../model/api.js"
import { savedAgo } from "../model/saved-ago.js"
import { locale, t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"

/**
 * @typedef {import("./store.js").EditorStore} EditorStore
 * @typedef {import("./work.js").Status} Status
 * @typedef {import("./work.js").Work} Work
 *
 * @typedef {object} ToolbarActs
 * @property {(opener: HTMLElement) => void} test
 * @property {(opener: HTMLElement) => void} layouts
 * @property {() => void} sheet
 */

/** What a streamer should know about. */
const TROUBLES = new Set(["retrying", "refused", "stale", "signed-out"])
const TICK_MS = 10_000

/** The row above the stage: which layout, undo, what is saved, test events, the address for OBS, Publish. */
export class EditorToolbar extends HTMLElement {
  #name = h("span", { class: "toolbar-name" })
  #status = h("span", { class: "save-status" })
  #draft = h("span", { class: "badge warn", hidden: true })
  /** @type {import("../model/layout-saver.js").SaveState} */
  #saving = "saved"
  #hasSaved = false
  #savedAt = 0
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock

  /**
   * @param {EditorStore} store
   * @param {Work} work
   * @param {ToolbarActs} acts
   */
  start(store, work, acts) {
    this.store = store
    this.work = work
    this.setAttribute("role", "toolbar")
    this.setAttribute("aria-label", t("editor.toolbar"))
    const opener = (/** @type {(opener: HTMLElement) => void} */ act) => (/** @type {MouseEvent} */ event) =>
      act(/** @type {HTMLElement} */ (event.currentTarget))
    this.layouts = h(
      "button",
      { class: "button small layout-button", type: "button", "aria-haspopup": "menu", onclick: opener(acts.layouts) },
      h("span", { class: "visually-hidden" }, t("editor.layout")),
      this.#name,
      icon("chevron-down"),
    )
    this.undo = tool("undo", t("editor.undo"), "Ctrl Z", () => store.undo())
    this.redo = tool("redo", t("editor.redo"), "Ctrl Shift Z", () => store.redo())
    this.publish = h(
      "button",
      { class: "button small primary", type: "button", onclick: () => this.#publish() },
      t("editor.publish"),
    )
    this.#draft.textContent = t("editor.unpublished")
    this.resolve = h(
      "button",
      { class: "button small", type: "button", hidden: true, onclick: () => void work.settle() },
      t("editor.resolve"),
    )
    this.again = h(
      "button",
      { class: "button small", type: "button", hidden: true, onclick: () => void work.saveNow() },
      t("editor.save-again"),
    )
    this.discard = tool("restart", t("editor.discard"), "", () => void this.#discard())
    this.append(
      this.layouts,
      h("span", { class: "toolbar-line" }),
      this.undo,
      this.redo,
      this.#status,
      this.resolve,
      this.again,
      this.#draft,
      this.discard,
      h("span", { class: "grow" }),
      h(
        "button",
        { class: "button small sheet-button", type: "button", onclick: acts.sheet },
        icon("settings"),
        h("span", { class: "toolbar-label" }, t("editor.settings")),
      ),
      h(
        "button",
        { class: "button small", type: "button", "aria-haspopup": "menu", onclick: opener(acts.test) },
        icon("play"),
        h("span", { class: "toolbar-label" }, t("editor.test")),
        icon("chevron-down"),
      ),
      h(
        "button",
        { class: "button small", type: "button", onclick: () => void this.#copy() },
        icon("copy"),
        h("span", { class: "toolbar-label" }, t("editor.copy-link")),
      ),
      this.publish,
    )
  }

  disconnectedCallback() {
    clearInterval(this.#clock)
  }

  /** @param {Status} status */
  draw(status) {
    if (!this.undo || !this.redo || !this.publish || !this.resolve || !this.discard) return
    this.#name.textContent = status.name
    setOff(this.undo, !this.store?.canUndo)
    setOff(this.redo, !this.store?.canRedo)
    setOff(this.publish, !status.isUnpublished || status.isPublishing)
    this.publish.ariaBusy = status.isPublishing ? "true" : null
    this.#draft.hidden = !status.isUnpublished
    this.discard.hidden = !status.isUnpublished
    this.resolve.hidden = status.saving !== "stale"
    if (this.again) this.again.hidden = status.saving !== "retrying" && status.saving !== "signed-out"
    this.#drawSaving(status)
  }

  /** @param {Status} status */
  #drawSaving({ saving, hasSaved }) {
    const isNew = saving !== this.#saving || hasSaved !== this.#hasSaved
    const wasBad = TROUBLES.has(this.#saving)
    // "Saving" four times a minute is noise to who hears it; that it was not saved is none.
    const isHeard = saving !== this.#saving && (TROUBLES.has(saving) || (wasBad && saving === "saved"))
    this.#saving = saving
    this.#hasSaved = hasSaved
    if (isNew && saving === "saved") this.#savedAt = Date.now()
    this.#status.className = TROUBLES.has(saving) ? "save-status badge bad" : "save-status"
    this.#tick()
    if (isHeard) announce(this.#status.textContent ?? "")
    clearInterval(this.#clock)
    if (saving === "saved" && hasSaved && this.isConnected) this.#clock = setInterval(() => this.#tick(), TICK_MS)
  }

  /** How long ago the draft was saved, without a word to who hears the page. */
  #tick() {
    const age = Date.now() - this.#savedAt
    const isOld = this.#saving === "saved" && this.#hasSaved && age >= TICK_MS
    this.#status.textContent = isOld
      ? savedAgo(this.#savedAt, Date.now(), locale())
      : t(`editor.save-${this.#saving === "saved" && !this.#hasSaved ? "none" : this.#saving}`)
  }

  #publish() {
    if (this.publish?.getAttribute("aria-disabled") === "true") announce(t("editor.nothing-to-publish"))
    else void this.work?.publish()
  }

  async #copy() {
    const { work } = this
    const base = document.body.dataset.overlay ?? ""
    if (!work || !base) return toast(t("editor.no-channel"), { isError: true })
    try {
      const { id, isDefault } = work.current
      const { key } = await api("GET", `/api/layouts/${id}/key`)
      const address = `${base}${isDefault ? "" : `?layout=${id}`}${key ? `#key=${encodeURIComponent(key)}` : ""}`
      if (await copyText(address)) return toast(t("editor.link-copied"))
      toast(key ? t("editor.no-clipboard") : address)
    } catch (error) {
      await report(error)
    }
  }

  async #discard() {
    const { ask } = await import("../elements/dialog.js")
    const question = {
      title: t("editor.discard-title"),
      body: t("editor.discard-body"),
      action: t("editor.discard"),
      isDanger: true,
    }
    if (await ask(question)) await this.work?.discard()
    announce(this.#status.textContent ?? "")
  }
}

/**
 * @param {string} sign
 * @param {string} text
 * @param {string} shortcut
 * @param {() => void} act
 */
function tool(sign, text, shortcut, act) {
  return h("button", {
    class: "button ghost icon-only small",
    type: "button",
    "aria-label": text,
    dataset: { tooltip: shortcut ? `${text} (${shortcut})` : text },
    onclick: act,
  }, icon(sign))
}

/**
 * Off, but still reached by the keyboard: a button that is pressed and goes off must not lose the focus.
 * @param {HTMLButtonElement} button
 * @param {boolean} isOff
 */
function setOff(button, isOff) {
  if (isOff) button.setAttribute("aria-disabled", "true")
  else button.removeAttribute("aria-disabled")
}

customElements.define("ui-editor-toolbar", EditorToolbar)
