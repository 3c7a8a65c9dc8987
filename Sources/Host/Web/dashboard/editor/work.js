// @ts-check
import { api, ApiError, listAll } from "../model/api.js"
import { LayoutSession } from "../model/layout-session.js"
import { verdictOf } from "../model/layout-verdict.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"

/**
 * @typedef {import("../model/layout-saver.js").SaveState} SaveState
 * @typedef {import("../model/layout-wire.js").StoredLayout} StoredLayout
 * @typedef {import("./store.js").EditorStore} EditorStore
 *
 * @typedef {object} Status what the toolbar says
 * @property {SaveState} saving
 * @property {boolean} hasSaved whether this page has saved something
 * @property {boolean} isUnpublished
 * @property {boolean} isPublishing
 * @property {string} name
 */

const LAST = "streamvibes.editor.layout"

/** Which layout is open, and everything between it and the host that a streamer sees or decides. */
export class Work {
  /** @type {LayoutSession | null} */
  #session = null
  /** @type {SaveState} */
  #saving = "saved"
  #hasSaved = false
  #isPublishing = false
  #isAsking = false
  #isOver = false

  /**
   * @param {StoredLayout[]} layouts
   * @param {EditorStore} store
   * @param {(status: Status) => void} draw
   * @param {(layout: StoredLayout) => void} opened
   */
  constructor(layouts, store, draw, opened) {
    this.layouts = layouts
    this.store = store
    this.draw = draw
    this.opened = opened
    store.addEventListener("edit", () => this.#session?.change(store.layout))
  }

  get current() {
    return this.#session?.published ?? this.layouts[0]
  }

  /**
   * The id of a widget that pages show, `undefined` for one of the draft alone.
   * @param {string} key
   */
  idOnAir(key) {
    const id = this.#session?.idOf(key)
    return this.#session?.published.widgets.some((widget) => widget.id === id) ? id : undefined
  }

  /** Whether leaving the page now would lose something: what is kept in the tab after a log-out is not lost. */
  get wouldLose() {
    return this.#session?.saver.isUnsaved === true && this.#saving !== "signed-out"
  }

  /** @returns {Status} */
  get status() {
    return {
      saving: this.#saving,
      hasSaved: this.#hasSaved,
      isUnpublished: this.#session?.isUnpublished(this.store.layout) ?? false,
      isPublishing: this.#isPublishing,
      name: this.current?.name ?? "",
    }
  }

  /** Opens the layout of the address, the last one of this tab, or the default one. */
  async openFirst() {
    const wanted = [new URLSearchParams(location.search).get("layout"), sessionStorage.getItem(LAST)]
    const first = wanted.map((id) => this.layouts.find((layout) => layout.id === id)).find(Boolean)
    await this.open(first ?? this.layouts.find(({ isDefault }) => isDefault) ?? this.layouts[0])
  }

  /** @param {StoredLayout} layout */
  async open(layout) {
    await this.flush()
    const session = new LayoutSession(layout, {
      api,
      storage: sessionStorage,
      tell: (state, error) => {
        if (this.#session === session) this.#told(state, error)
      },
    })
    try {
      const { layout: edited, isRestored, isChangedElsewhere } = await session.open()
      if (this.#isOver) return
      this.#session = session
      this.#saving = "saved"
      this.#hasSaved = false
      this.store.load(edited)
      this.#remember(layout)
      this.opened(layout)
      this.#draw()
      if (isRestored) {
        session.change(edited)
        toast(t("editor.restored"))
      }
      if (isChangedElsewhere) void this.settle()
    } catch (error) {
      // Without any layout there is nothing to stay at.
      if (!this.#session) throw error
      await report(error)
    }
  }

  /** Its editor is gone; what is not saved is kept in the tab. */
  stop() {
    this.#isOver = true
    void this.#session?.saver.pause()
  }

  async flush() {
    await this.#session?.saver.flush()
  }

  /** Saves now what waits; a session that has ended is asked for again. */
  async saveNow() {
    try {
      if (this.#saving === "signed-out") await this.#session?.comeBack()
      else await this.flush()
    } catch (error) {
      await report(error)
    }
  }

  /** Whether somebody else has changed the layout: theirs is shown where nothing of ours is unsaved. */
  async look() {
    try {
      if (this.#saving === "signed-out") return await this.#session?.comeBack()
      const theirs = await this.#session?.look()
      if (!theirs) return
      this.store.replace(theirs)
      this.#draw()
      toast(t("editor.newest-shown"), { undo: () => this.store.undo() })
    } catch {
      // The next save finds out.
    }
  }

  /** Puts the layout on air. */
  async publish() {
    const session = this.#session
    if (!session || this.#isPublishing) return
    this.#isPublishing = true
    this.#draw()
    try {
      await session.publish(this.store.layout)
      this.#replaced(session.published)
      toast(t("editor.published"))
    } catch (error) {
      await this.#failed(error, () => this.publish())
    } finally {
      this.#isPublishing = false
      this.#draw()
    }
  }

  /** Shows again what is on air; undo leads back to the draft. */
  async discard() {
    const session = this.#session
    if (!session) return
    try {
      this.store.replace(await session.discard())
      toast(t("editor.discarded"), { undo: () => this.store.undo() })
    } catch (error) {
      await report(error)
    }
    this.#draw()
  }

  /**
   * Asks whose layout is to be kept.
   * @param {() => Promise<void>} [goOn] what was wanted, once ours is kept
   */
  async settle(goOn) {
    const session = this.#session
    if (!session || this.#isAsking) return
    this.#isAsking = true
    try {
      const { askWhose } = await import("./conflict.js")
      const whose = await askWhose()
      if (whose === "theirs") {
        const theirs = await session.takeTheirs()
        this.#replaced(session.published)
        this.store.replace(theirs)
      } else if (whose === "mine") {
        await session.keepMine(this.store.layout)
        this.#replaced(session.published)
        this.#isPublishing = false
        await goOn?.()
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) await this.#gone()
      else await report(error)
    } finally {
      this.#isAsking = false
      this.#draw()
    }
  }

  /**
   * Does something to the list of layouts.
   * @param {() => Promise<StoredLayout | null>} change the layout to open then; `null` to stay
   */
  async manage(change) {
    const next = await change()
    this.layouts = await listAll("/api/layouts")
    const fresh = this.layouts.find(({ id }) => id === this.#session?.published.id)
    // Which one is the default is no change of a layout itself.
    if (this.#session && fresh) this.#session.published = { ...this.#session.published, isDefault: fresh.isDefault }
    const open = next && this.layouts.find(({ id }) => id === next.id)
    if (open) await this.open(open)
    else this.#draw()
  }

  /** Lets go of a layout that is gone. */
  forget() {
    this.#session = null
    sessionStorage.removeItem(LAST)
  }

  /** @param {string} name */
  async rename(name) {
    await this.#session?.rename(name, this.store.layout)
    if (this.#session) this.#replaced(this.#session.published)
    this.#draw()
  }

  /**
   * @param {SaveState} state
   * @param {any} error
   */
  #told(state, error) {
    this.#saving = state
    if (state === "saved") this.#hasSaved = true
    this.#draw()
    if (state === "stale") void this.settle()
    if (state === "signed-out") void report(error)
    if (state === "refused") this.#refused(error)
  }

  /** @param {any} error */
  #refused(error) {
    const problems = this.#session?.problems(error, this.store.layout) ?? new Map()
    this.store.blame(problems)
    const { message = "", status = 0 } = error instanceof ApiError ? error : {}
    toast(t("editor.not-taken", { reason: message }), { isError: true, ...(status && { code: `E${status}` }) })
  }

  /**
   * @param {any} error
   * @param {() => Promise<void>} again
   */
  async #failed(error, again) {
    const verdict = verdictOf(error)
    if (verdict === "stale") return await this.settle(again)
    if (verdict === "refused") return this.#refused(error)
    await report(error)
  }

  /** The layout has been deleted elsewhere. */
  async #gone() {
    toast(t("editor.layout-gone"), { isError: true })
    this.#session = null
    this.layouts = await listAll("/api/layouts")
    await this.openFirst()
  }

  /** @param {StoredLayout} layout */
  #replaced(layout) {
    this.layouts = this.layouts.map((one) => (one.id === layout.id ? layout : one))
  }

  /** @param {StoredLayout} layout */
  #remember(layout) {
    sessionStorage.setItem(LAST, layout.id)
    const address = new URL(location.href)
    address.searchParams.set("layout", layout.id)
    history.replaceState(null, "", address)
  }

  #draw() {
    this.draw(this.status)
  }
}
