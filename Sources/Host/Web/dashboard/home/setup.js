// @ts-check
import { api, list } from "../model/api.js"
import { checklistStep, isTestShown, PUT_AWAY, readSetup, stepsOf, WIZARD_PAGES } from "../model/checklist.js"
import { report } from "../shell/failure.js"
import { Checklist } from "./checklist.js"
import { Wizard } from "./wizard.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */

const NEWEST = `before=${Number.MAX_SAFE_INTEGER}`

/** The first run on Home: the wizard, then the checklist; the host keeps how far it has come. */
export class Setup {
  #card
  #step = PUT_AWAY
  #isLoaded = false
  #facts = { platforms: 1, layoutVersion: 1, hasConnected: false, hasShown: false }
  /** @type {number[]} places of test events */
  #tests = []
  /** @type {number[]} */
  #noted = []
  /** @type {(number | null)[]} */
  #lastShown = []
  #wizard
  #checklist

  #layoutChanged

  /**
   * @param {HTMLElement} card
   * @param {() => void} layoutChanged
   */
  constructor(card, layoutChanged) {
    this.#card = card
    this.#layoutChanged = layoutChanged
    this.#wizard = new Wizard(card, (page) => this.#keep(page), (layout) => this.#sawLayout(layout))
    this.#checklist = new Checklist(card, {
      skip: (name, isSkipped) => this.#skip(name, isSkipped),
      putAway: () => this.#putAway(),
      wizard: () => this.#keep(0),
      layout: () => this.#keep(2),
    })
  }

  async load() {
    const [settings, layouts, presence, tests, noted] = await Promise.all([
      api("GET", "/api/settings"),
      list("/api/layouts?perPage=100"),
      list(`/api/events?types=overlay:presence&${NEWEST}&limit=50`),
      list(`/api/events?types=event:*&${NEWEST}&limit=200`),
      list(`/api/events?types=alert:shown&${NEWEST}&limit=200`),
    ])
    this.#step = settings.setupStep
    this.#wizard.know(settings.displayName, layouts.data.find((layout) => layout.isDefault) ?? layouts.data[0])
    this.#facts.layoutVersion = Math.max(...layouts.data.map((layout) => layout.version))
    this.#facts.hasConnected ||= presence.data.some(({ payload }) => payload.open)
    this.#tests.push(...tests.data.filter(({ test }) => test).map(({ seq }) => seq))
    this.#noted.push(...noted.data.map(({ payload }) => payload.seq))
    this.#isLoaded = true
    this.#show()
  }

  /** @param {number} count */
  sawConnections(count) {
    this.#facts.platforms = count
    this.#update()
  }

  /** @param {{lastShownSeq: number | null}[]} pages that are open */
  sawPages(pages) {
    this.#lastShown = pages.map((page) => page.lastShownSeq)
    if (pages.length > 0) this.#facts.hasConnected = true
    this.#update()
  }

  /** @param {CanonicalEvent} event */
  happened(event) {
    if (event.test && event.type.startsWith("event:")) this.#tests.push(event.seq)
    else if (event.type === "alert:shown") this.#noted.push(event.payload.seq)
    else return
    this.#update()
  }

  /** @param {any} layout */
  #sawLayout(layout) {
    this.#facts.layoutVersion = layout.version
    this.#layoutChanged()
  }

  /** What has happened may have turned a step green; the wizard has none. */
  #update() {
    if (this.#isLoaded && this.#step >= WIZARD_PAGES) this.#show()
  }

  #show() {
    this.#facts.hasShown = isTestShown(this.#tests, this.#lastShown, this.#noted)
    const place = readSetup(this.#step)
    this.#card.hidden = place === null
    if (place === null) return
    if ("page" in place) this.#wizard.show(place.page)
    else this.#checklist.show(stepsOf(this.#facts, place.skipped))
  }

  /** @param {number} step */
  async #keep(step) {
    const before = this.#step
    this.#step = step
    this.#show()
    try {
      await api("PUT", "/api/settings", { setupStep: step })
    } catch (error) {
      this.#step = before
      this.#show()
      await report(error)
    }
  }

  /**
   * @param {import("../model/checklist.js").StepName} name
   * @param {boolean} isSkipped
   */
  #skip(name, isSkipped) {
    const place = readSetup(this.#step)
    if (!place || "page" in place) return
    if (isSkipped) place.skipped.add(name)
    else place.skipped.delete(name)
    this.#keep(checklistStep(place.skipped))
  }

  #putAway() {
    const before = this.#step
    this.#keep(PUT_AWAY)
    this.#checklist.saidAway(() => this.#keep(before))
  }
}
