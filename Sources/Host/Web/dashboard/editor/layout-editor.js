// @ts-check
import { h } from "../elements/dom.js"
import { showMenu } from "../elements/menu.js"
import { whenIdle } from "../elements/seen.js"
import { listAll } from "../model/api.js"
import { EMPTY_LAYOUT } from "../model/layout.js"
import { once } from "../model/once.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"
import { EditorCanvas } from "./canvas.js"
import { EditorInspector } from "./inspector.js"
import { commandOf, isField } from "./keys.js"
import { EditorLayers } from "./layers.js"
import { fetchParts } from "./parts.js"
import { StageBar } from "./stage-bar.js"
import { previewAddress } from "./overlay-frame.js"
import { EditorStore } from "./store.js"
import { EditorToolbar } from "./toolbar.js"
import { Troubles } from "./troubles.js"
import { widgetMenu } from "./widget-menu.js"
import { Work } from "./work.js"

/** @typedef {import("../model/layout-wire.js").StoredLayout} StoredLayout */

const NOTE_MS = 4_000

/** The layout editor: what its parts show and do to each other. */
export class LayoutEditor extends HTMLElement {
  #toolbar = new EditorToolbar()
  #layers = new EditorLayers()
  #canvas = new EditorCanvas()
  #bar = new StageBar()
  #inspector = new EditorInspector()
  #note = h("p", { class: "editor-note", hidden: true, "aria-hidden": "true" })
  #life = new AbortController()
  #strip = h("div", { class: "test-strips" })
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #noteTimer
  #themes = once(() => listAll("/api/themes"))

  disconnectedCallback() {
    this.#life.abort()
    this.troubles?.stop()
    this.work?.stop()
  }

  /**
   * Shows the first layout; what is thrown says why there is none.
   * @param {StoredLayout[]} layouts
   * @param {import("../model/layout.js").WidgetType[]} types
   */
  async start(layouts, types) {
    this.store = new EditorStore(EMPTY_LAYOUT, types)
    this.work = new Work(layouts, this.store, (status) => this.#toolbar.draw(status), (layout) => this.#opened(layout))
    const troubles = new Troubles(this.store, (key) => this.work?.idOnAir(key))
    this.troubles = troubles
    this.#toolbar.start(this.store, this.work, {
      test: (opener) => void this.#test(opener).catch(report),
      sheet: () => this.#openSheet(),
      layouts: (opener) => void this.#layouts(opener).catch(report),
    })
    this.#layers.start(this.store, {
      add: (opener) => void this.#add(opener).catch(report),
      menu: (key, opener) => this.#menu(key, opener),
      troubles,
    })
    this.#inspector.start(this.store, {
      remove: (key) => this.#remove(key),
      menu: (key, opener) => this.#menu(key, opener),
      close: () => this.#closeSheet(),
      themes: this.#themes,
      troubles,
    })
    this.#bar.start(this.#canvas)
    this.append(
      this.#toolbar,
      h("section", { class: "editor-layers", "aria-label": t("editor.layers") }, this.#layers),
      h(
        "section",
        { class: "editor-stage", "aria-label": t("editor.stage") },
        this.#canvas,
        this.#note,
        this.#strip,
        this.#bar,
      ),
      h("p", { class: "notice editor-small" }, t("editor.small-screen")),
      h("section", { class: "editor-inspector", "aria-label": t("editor.inspector") }, this.#inspector),
    )
    this.#canvas.start(this.store, troubles)
    this.#listen()
    await this.work.openFirst()
  }

  #listen() {
    const { store, work } = /** @type {{store: EditorStore, work: Work}} */ (this)
    const draw = (/** @type {import("./state.js").Reason} */ reason) => {
      this.#canvas.draw()
      this.#layers.draw()
      this.#inspector.draw(reason)
      this.#toolbar.draw(work.status)
    }
    store.addEventListener("draw", (event) => draw(/** @type {CustomEvent} */ (event).detail))
    this.troubles?.addEventListener("change", () => draw("select"))
    store.addEventListener("say", (event) => this.#say(/** @type {CustomEvent} */ (event).detail))
    const { signal } = this.#life
    document.addEventListener("keydown", (event) => this.#key(event), { signal })
    this.addEventListener("contextmenu", (event) => this.#contextMenu(event))
    this.#canvas.addEventListener("dblclick", (event) => {
      // The canvas holds the pointer, so it is what the event names.
      if (document.elementFromPoint(event.clientX, event.clientY)?.closest(".box")) this.#openSheet()
    })
    addEventListener("beforeunload", (event) => {
      if (work.wouldLose) event.preventDefault()
    }, { signal })
    // Who edits may lose the network: what is loaded when it is wanted should be there by then.
    for (const first of ["pointerdown", "keydown"]) this.addEventListener(first, fetchParts, { once: true })
    // Two windows side by side are never hidden.
    addEventListener("focus", () => void work.look(), { signal })
    addEventListener("online", () => void work.flush(), { signal })
    document.addEventListener("visibilitychange", () => {
      void (document.hidden ? work.flush() : work.look())
      void this.troubles?.look()
    }, { signal })
  }

  /** @param {StoredLayout} layout */
  #opened(layout) {
    this.#closeSheet()
    // The page can be used before the overlay in it is there.
    whenIdle(() => this.#canvas.frame.source = previewAddress({ layout: layout.id }), { timeout: 2_000 })
    document.title = t("editor.page-title", { name: layout.name })
    void this.troubles?.look()
  }

  /** @param {import("./state.js").Said} said */
  #say({ sentences, isRefusal }) {
    const text = sentences.map(({ key, args }) => t(key, args)).join(" ")
    if (!text) return
    announce(text, { assertive: isRefusal })
    clearTimeout(this.#noteTimer)
    this.#note.hidden = !isRefusal
    const why = sentences.at(-1)
    if (!isRefusal || !why) return
    this.#note.textContent = t(why.key, why.args)
    this.#note.classList.toggle("is-warning", why.key === "editor.lies-over")
    this.#noteTimer = setTimeout(() => this.#note.hidden = true, NOTE_MS)
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { store, work } = this
    if (!store || !work || event.defaultPrevented || event.isComposing) return
    if (document.querySelector("dialog:modal, .menu:popover-open, .picker:popover-open")) return
    const target = event.target instanceof Element ? event.target : document.body
    const box = target.closest(".box")
    if (event.key === "Enter" && box && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      return this.#openSheet()
    }
    if (event.key === "Escape" && this.#inspector.contains(target)) {
      event.preventDefault()
      // From the fields back to the widget that they are of.
      return this.dataset.sheet === "open" ? this.#closeSheet() : this.#canvas.focusWidget(store.selected)
    }
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event
    const command = commandOf(
      { key, ctrlKey, metaKey, shiftKey, altKey, altGraph: event.getModifierState("AltGraph") },
      {
        mode: store.layout.mode,
        isTyping: isField(target),
        isOnWidget: target === document.body || target.closest(".box, .layer-name") !== null,
        hasSelection: store.selected !== "",
        hasShortcuts: document.body.dataset.shortcuts !== "off",
      },
    )
    if (!command) return
    event.preventDefault()
    this.#run(command)
  }

  /** @param {import("./keys.js").Command} command */
  #run(command) {
    const { store, work } = /** @type {{store: EditorStore, work: Work}} */ (this)
    const key = store.selected
    switch (command.name) {
      case "move":
        return store.move(key, command)
      case "resize":
        return store.resize(key, command)
      case "restack":
        return store.restack(key, command.to)
      case "undo":
        return store.undo()
      case "redo":
        return store.redo()
      case "duplicate":
        if (store.duplicate(key)) this.#canvas.focusWidget(store.selected)
        return
      case "remove":
        return this.#remove(key)
      case "add":
        return void this.#add(this.#layers.add ?? this).catch(report)
      case "fit":
        return this.#bar.setZoom("fit")
      case "full":
        return this.#bar.setZoom(1)
      case "preview":
        return this.#bar.togglePreview()
      case "save":
        return void work.saveNow()
      case "escape":
        return this.#escape()
    }
  }

  #escape() {
    if (this.#canvas.drag?.cancel()) return announce(t("editor.drag-cancelled"))
    if (this.dataset.sheet === "open") return this.#closeSheet()
    if (!this.store?.selected) return
    this.store.select("")
    this.#canvas.focusWidget("")
    announce(t("editor.deselected"))
  }

  /** @param {string} key */
  #remove(key) {
    const { store } = this
    const removed = store?.remove(key)
    if (!store || !removed) return
    toast(t("editor.removed", { name: removed.name }), { undo: removed.undo })
    this.#canvas.focusWidget(store.selected)
  }

  /** @param {HTMLElement} opener */
  async #add(opener) {
    const { openPicker } = await import("./picker.js")
    const { store } = this
    if (!store) return
    openPicker([...store.types.values()], store.layout.widgets.length, opener, {
      add: (type) => this.#added(store.add(type)),
      carry: (type) => this.#canvas.drag?.carry(type, (isAdded) => this.#added(isAdded)),
    })
  }

  /** @param {boolean} isAdded */
  #added(isAdded) {
    if (isAdded) this.#canvas.focusWidget(this.store?.selected ?? "")
  }

  /** @param {MouseEvent} event */
  #contextMenu(event) {
    const owner = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".box, .layer"))
    const key = owner?.dataset.key
    if (!key) return
    event.preventDefault()
    // The menu key has no pointer.
    const isKeyboard = event.clientX === 0 && event.clientY === 0
    this.#menu(key, isKeyboard ? owner : { x: event.clientX, y: event.clientY })
  }

  /**
   * @param {string} key
   * @param {HTMLElement | {x: number, y: number}} at
   */
  #menu(key, at) {
    const { store } = this
    if (!store) return
    store.select(key)
    const items = widgetMenu(store, key, { remove: () => this.#remove(key), settings: () => this.#openSheet() })
    showMenu(items, at, t("editor.more", { name: store.nameOf(key) }))
  }

  /** @param {HTMLElement} opener */
  async #test(opener) {
    const { showTestEvents } = await import("./test-events.js")
    showTestEvents(opener, this.#canvas.frame, this.#strip)
  }

  /** @param {HTMLElement} opener */
  async #layouts(opener) {
    const { showLayouts } = await import("./layouts-menu.js")
    if (this.work) showLayouts(this.work, opener)
  }

  #openSheet() {
    this.dataset.sheet = "open"
    this.#inspector.querySelector("h2")?.focus()
  }

  #closeSheet() {
    if (this.dataset.sheet !== "open") return
    delete this.dataset.sheet
    this.#canvas.focusWidget(this.store?.selected ?? "")
  }
}

customElements.define("ui-layout-editor", LayoutEditor)
