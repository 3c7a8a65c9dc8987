// @ts-check
import { ApiError } from "./api.js"
import { LayoutSaver } from "./layout-saver.js"
import { ChangedElsewhere, verdictOf } from "./layout-verdict.js"
import { blame, edited, equal, isSame, putBody, WidgetIds } from "./layout-wire.js"

/**
 * @typedef {import("./layout.js").EditedLayout} EditedLayout
 * @typedef {import("./layout-wire.js").StoredLayout} StoredLayout
 *
 * @typedef {object} SessionNeeds what a session asks of the page; tests give their own
 * @property {(method: string, path: string, body?: any) => Promise<any>} api
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} storage of this tab
 * @property {(state: import("./layout-saver.js").SaveState, error?: any) => void} tell
 * @property {() => number} [now] milliseconds
 * @property {(run: () => void, ms: number) => any} [later]
 * @property {(timer: any) => void} [cancel]
 *
 * @typedef {{layout: EditedLayout, isRestored: boolean, isChangedElsewhere: boolean}} Opened
 */

// So long a look at the host is fresh enough to save without another.
const LOOK_EVERY_MS = 3_000

/**
 * The work on one layout between this page and the host: its draft, what is on air, and who else changes it.
 *
 * What is not on the host yet is also kept in the tab, so that a page that loads again, after signing in anew for
 * example, goes on where it was.
 */
export class LayoutSession {
  #ids = new WidgetIds()
  /** @type {StoredLayout | null} */
  #draft = null
  #lookedAt = -Infinity

  /**
   * @param {StoredLayout} published
   * @param {SessionNeeds} needs
   */
  constructor(published, needs) {
    this.published = published
    this.needs = { now: () => performance.now(), ...needs }
    this.saver = new LayoutSaver({
      save: (layout) => this.#save(layout),
      judge: verdictOf,
      tell: needs.tell,
      ...(needs.later && { later: needs.later }),
      ...(needs.cancel && { cancel: needs.cancel }),
    })
  }

  get #path() {
    return `/api/layouts/${this.published.id}`
  }

  get #storageKey() {
    return `streamvibes.layout.${this.published.id}`
  }

  /**
   * What is to be edited: what this tab has kept, else the draft, else what is on air.
   * @returns {Promise<Opened>}
   */
  async open() {
    this.#learn(await this.#newest())
    const newest = edited(this.#draft ?? this.published)
    const isStale = this.#draft !== null && this.#draft.version !== this.published.version
    const kept = this.#kept()
    if (!kept) return { layout: newest, isRestored: false, isChangedElsewhere: isStale }
    this.#ids.restore(kept.ids)
    return { layout: kept.layout, isRestored: true, isChangedElsewhere: isStale || kept.base !== this.#base }
  }

  /**
   * Takes a change, to be saved by itself.
   * @param {EditedLayout} layout
   */
  change(layout) {
    this.#keep(layout)
    this.saver.change(layout)
  }

  /**
   * Whether pages show something else than what is edited.
   * @param {EditedLayout} layout
   */
  isUnpublished(layout) {
    return !isSame(layout, this.published, this.#ids)
  }

  /**
   * The id of a widget, `undefined` for one that the host does not know yet.
   * @param {string} key
   */
  idOf(key) {
    return this.#ids.idOf(key)
  }

  /**
   * Puts a layout on air.
   * @param {EditedLayout} layout
   */
  async publish(layout) {
    await this.saver.pause()
    try {
      if (await this.#hasChanged()) throw new ChangedElsewhere()
      /** @type {StoredLayout} */
      const answer = await this.needs.api("PUT", this.#path, putBody(layout, this.#ids, this.published.version))
      this.#ids.take(layout, answer)
      this.published = answer
      this.#learn(answer)
      this.#drop(layout)
      this.saver.finish(layout)
    } catch (error) {
      this.#keep(layout)
      // A conflict is asked about; everything else goes on saving the draft.
      if (verdictOf(error) !== "stale") this.saver.resume()
      throw error
    }
  }

  /**
   * Gives the layout another name at once; what is edited stays a draft.
   * @param {string} name
   * @param {EditedLayout} layout
   */
  async rename(name, layout) {
    await this.saver.pause()
    try {
      if (await this.#hasChanged()) throw new ChangedElsewhere()
      const isUnpublished = this.isUnpublished(layout)
      this.published = await this.needs.api("PUT", this.#path, { name, version: this.published.version })
      this.#learn(this.published)
      // The host forgets the draft with every change of the layout itself.
      if (isUnpublished) this.change(layout)
    } finally {
      this.saver.resume(0)
    }
  }

  /**
   * Gives up what is edited here for what the host has.
   * @returns {Promise<EditedLayout>}
   */
  async takeTheirs() {
    await this.saver.forget()
    await this.#reload()
    this.needs.storage.removeItem(this.#storageKey)
    return edited(this.#draft ?? this.published)
  }

  /**
   * Lets what is edited here win over what the host has.
   * @param {EditedLayout} layout
   */
  async keepMine(layout) {
    await this.#reload()
    this.saver.resume(0)
    this.change(layout)
    await this.saver.flush()
  }

  /**
   * Throws the draft away.
   * @returns {Promise<EditedLayout>} what is on air
   */
  async discard() {
    await this.saver.forget()
    if (this.#draft) await this.needs.api("DELETE", `${this.#path}/draft`)
    this.#learn(this.published)
    this.needs.storage.removeItem(this.#storageKey)
    return edited(this.published)
  }

  /**
   * Looks whether somebody else has changed something since.
   * @returns {Promise<EditedLayout | null>} theirs, where nothing of ours would be lost with it
   */
  async look() {
    if (this.saver.isUnsaved || !await this.#hasChanged()) return null
    await this.#reload()
    return edited(this.#draft ?? this.published)
  }

  /** Goes on saving after somebody has signed in again, in another tab for example; throws as long as nobody has. */
  async comeBack() {
    await this.#newest()
    this.saver.resume(0)
  }

  /**
   * Which settings of which widgets an error names.
   * @param {any} error
   * @param {EditedLayout} layout
   */
  problems(error, layout) {
    const details = error instanceof ApiError && Array.isArray(error.details) ? error.details : []
    return blame(details, layout.widgets)
  }

  /** @param {EditedLayout} layout */
  async #save(layout) {
    if (this.needs.now() - this.#lookedAt > LOOK_EVERY_MS && await this.#hasChanged()) throw new ChangedElsewhere()
    if (isSame(layout, this.published, this.#ids)) {
      if (this.#draft) await this.needs.api("DELETE", `${this.#path}/draft`)
      this.#learn(this.published)
    } else {
      /** @type {StoredLayout} */
      const answer = await this.needs.api(
        "PUT",
        `${this.#path}/draft`,
        putBody(layout, this.#ids, this.published.version),
      )
      this.#ids.take(layout, answer)
      this.#learn(answer)
    }
    this.#drop(layout)
  }

  /**
   * Forgets what the tab has kept, unless it is something newer.
   * @param {EditedLayout} layout that the host has
   */
  #drop(layout) {
    if (equal(this.#kept()?.layout ?? layout, layout)) this.needs.storage.removeItem(this.#storageKey)
  }

  /**
   * The draft, or the layout where there is none.
   * @returns {Promise<StoredLayout>}
   */
  #newest() {
    return this.needs.api("GET", `${this.#path}/draft?orLayout=true`)
  }

  async #hasChanged() {
    const newest = await this.#newest()
    this.#lookedAt = this.needs.now()
    return baseOf(newest) !== this.#base
  }

  async #reload() {
    this.published = await this.needs.api("GET", this.#path)
    this.#learn(await this.#newest())
  }

  /** @param {StoredLayout} newest */
  #learn(newest) {
    this.#lookedAt = this.needs.now()
    // A draft is never as old as the layout that it was made from.
    const isDraft = newest.updatedAt !== this.published.updatedAt || newest.version !== this.published.version
    this.#draft = isDraft ? newest : null
    this.#ids.learn(this.published, this.#draft)
  }

  /** What the host had when this page looked. */
  get #base() {
    return baseOf(this.#draft ?? this.published)
  }

  /** @param {EditedLayout} layout */
  #keep(layout) {
    try {
      const kept = { layout, ids: this.#ids.entries, base: this.#base }
      this.needs.storage.setItem(this.#storageKey, JSON.stringify(kept))
    } catch {
      // Without room in the tab the draft on the host is all there is.
    }
  }

  /** @returns {{layout: EditedLayout, ids: [string, string][], base: string} | null} */
  #kept() {
    try {
      return JSON.parse(this.needs.storage.getItem(this.#storageKey) ?? "null")
    } catch {
      return null
    }
  }
}

/** @param {StoredLayout} stored */
function baseOf({ version, updatedAt }) {
  return `${version} ${updatedAt}`
}
