// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { pastAlerts } from "../model/alert-board.js"
import { eventKind, eventSentence } from "../model/event-sentence.js"
import { relativeTime } from "../model/relative-time.js"
import { locale, t } from "../model/words.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */
/** @typedef {import("../model/alert-board.js").AlertState} AlertState */

/**
 * @typedef {object} PanelOwner
 * @property {() => Promise<unknown>} pause or resume
 * @property {() => Promise<unknown>} skip
 * @property {() => Promise<unknown>} clear
 * @property {(event: CanonicalEvent) => Promise<unknown>} replay
 * @property {() => void} retry
 */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

/** What is on screen, what waits and what is over, with the buttons for it. */
export class AlertPanel {
  #owner
  #pause = /** @type {HTMLButtonElement} */ (byId("alerts-pause"))
  #skip = /** @type {HTMLButtonElement} */ (byId("alerts-skip"))
  #clear = /** @type {HTMLButtonElement} */ (byId("alerts-clear"))
  /** What stands in each part, so that nothing is built anew under somebody's finger. */
  #shown = { now: "", waiting: "", past: "" }

  /** @param {PanelOwner} owner */
  constructor(owner) {
    this.#owner = owner
    this.#does(this.#pause, owner.pause)
    this.#does(this.#skip, owner.skip)
    this.#does(this.#clear, owner.clear)
    for (const button of document.querySelectorAll("[data-retry]")) {
      button.addEventListener("click", () => {
        this.#settle()
        owner.retry()
      })
    }
  }

  /**
   * @param {AlertState} state
   * @param {CanonicalEvent[]} known newest first
   * @param {boolean} hasOverlay
   */
  show(state, known, hasOverlay) {
    const { paused, current, waiting } = state
    this.#settle()
    byId("alerts-paused").hidden = !paused
    byId("alerts-no-overlay").hidden = hasOverlay
    this.#pause.disabled = false
    const label = this.#pause.querySelector("span")
    if (label) label.textContent = t(paused ? "alerts.resume" : "alerts.pause")
    this.#pause.querySelector(".icon")?.replaceWith(icon(paused ? "play" : "pause"))
    this.#pause.dataset.paused = String(paused)
    this.#skip.disabled = current === null
    this.#clear.disabled = waiting.length === 0
    this.#showNow(current, paused)
    this.#fill("waiting", waiting, (event) => this.#row(event))
    byId("waiting-count").textContent = new Intl.NumberFormat(locale()).format(waiting.length)
    byId("waiting-none").hidden = waiting.length > 0
    const past = pastAlerts(known, state)
    this.#fill("past", past, (event) => this.#row(event, this.#replayButton(event)))
    byId("past-none").hidden = past.length > 0
  }

  /** @param {import("../shell/link-chip.js").LinkState} link */
  showLink(link) {
    byId("alerts-offline").hidden = link === "live"
  }

  showFailure() {
    this.#settle()
    byId("alerts-failed").hidden = false
    for (const part of document.querySelectorAll(".now, .alert-columns")) part.toggleAttribute("hidden", true)
  }

  showSlow() {
    byId("alerts-slow").hidden = false
  }

  /** What was said while nothing was known. */
  #settle() {
    byId("alerts-failed").hidden = true
    byId("alerts-slow").hidden = true
    for (const part of document.querySelectorAll(".now, .alert-columns")) part.toggleAttribute("hidden", false)
  }

  refreshTimes() {
    for (const time of document.querySelectorAll("main time")) this.#setTime(/** @type {HTMLTimeElement} */ (time))
  }

  /**
   * @param {CanonicalEvent | null} current
   * @param {boolean} paused
   */
  #showNow(current, paused) {
    const text = current ? eventSentence(current, locale()) : t(paused ? "alerts.now-held" : "alerts.now-none")
    const shown = `${current?.id} ${text}`
    if (shown === this.#shown.now) return
    this.#shown.now = shown
    document.querySelector(".now")?.classList.toggle("idle", current === null)
    byId("now").replaceChildren(h("p", { class: "now-text", dir: "auto" }, text))
    const badge = byId("now-badge")
    badge.hidden = current === null
    if (current) badge.textContent = t(`kind.${eventKind(current.type)}`)
  }

  /**
   * @param {"waiting" | "past"} name
   * @param {CanonicalEvent[]} events
   * @param {(event: CanonicalEvent) => HTMLElement} row
   */
  #fill(name, events, row) {
    const shown = events.map(({ id }) => id).join(" ")
    if (shown === this.#shown[name]) return
    this.#shown[name] = shown
    const list = byId(`${name}-list`)
    const focused = document.activeElement?.closest("li")?.dataset.id
    list.replaceChildren(...events.map(row))
    if (focused && focused !== "") {
      const found = [...list.children].find((item) => /** @type {HTMLElement} */ (item).dataset.id === focused)
      found?.querySelector("button")?.focus()
    }
  }

  /**
   * @param {CanonicalEvent} event
   * @param {HTMLElement} [button]
   */
  #row(event, button) {
    const time = h("time", { datetime: event.occurredAt })
    this.#setTime(time)
    return h(
      "li",
      { dataset: { id: event.id, seq: String(event.seq) } },
      h("span", { class: "badge" }, t(`kind.${eventKind(event.type)}`)),
      h("span", { class: "grow", dir: "auto" }, eventSentence(event, locale())),
      event.test && h("span", { class: "badge" }, t("kind.test")),
      time,
      button,
    )
  }

  /** @param {CanonicalEvent} event */
  #replayButton(event) {
    const button = h(
      "button",
      {
        class: "button",
        type: "button",
        "aria-label": `${t("alerts.replay")}: ${eventSentence(event, locale())}`,
      },
      icon("restart"),
      t("alerts.replay"),
    )
    this.#does(button, () => this.#owner.replay(event))
    return button
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {() => Promise<unknown>} act
   */
  #does(button, act) {
    button.addEventListener("click", async () => {
      if (button.ariaBusy === "true") return
      button.ariaBusy = "true"
      await act()
      button.ariaBusy = null
    })
  }

  /** @param {HTMLTimeElement} time */
  #setTime(time) {
    time.textContent = relativeTime(Date.parse(time.dateTime), Date.now(), locale())
  }
}
