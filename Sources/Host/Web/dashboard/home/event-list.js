// @ts-check
import { ALERT_TYPES } from "../model/alert-board.js"
import { eventKind, eventSentence } from "../model/event-sentence.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { showMenu } from "../elements/menu.js"
import { platformTitle } from "../model/platforms.js"
import { dateFormat, t } from "../model/words.js"
import { relativeTime } from "../model/relative-time.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */

const MOST_ROWS = 50
const TONES = new Map([["sub", "ok"], ["tip", "warn"]])

/** The newest events in words, at most 50, newest first. */
export class EventList {
  #list
  #locale
  #replay
  /** @type {CanonicalEvent[]} oldest first; what the next frame adds */
  #waiting = []
  #frame = 0

  /**
   * @param {HTMLElement} list
   * @param {string} locale
   * @param {(event: CanonicalEvent) => void} replay
   */
  constructor(list, locale, replay) {
    this.#replay = replay
    this.#list = list
    this.#locale = locale
  }

  /** @param {CanonicalEvent} event newer than everything here */
  add(event) {
    this.#waiting.push(event)
    // A background tab gets no frames; only the newest will ever be looked at.
    if (this.#waiting.length > MOST_ROWS) this.#waiting.shift()
    this.#frame ||= requestAnimationFrame(() => this.#show())
  }

  refreshTimes() {
    for (const time of this.#list.querySelectorAll("time")) this.#setTime(time)
  }

  #show() {
    this.#frame = 0
    for (const event of this.#waiting.splice(0)) this.#list.prepend(this.#row(event))
    while (this.#list.children.length > MOST_ROWS) this.#list.lastElementChild?.remove()
  }

  /** @param {CanonicalEvent} event */
  #row(event) {
    const kind = eventKind(event.type)
    const time = h("time", {
      datetime: event.occurredAt,
      title: dateFormat({ dateStyle: "medium", timeStyle: "medium" }).format(Date.parse(event.occurredAt)),
    })
    this.#setTime(time)
    return h(
      "li",
      null,
      h("span", { class: `badge ${TONES.get(kind) ?? ""}` }, t(`kind.${kind}`)),
      h("span", { class: "event-text grow" }, eventSentence(event, this.#locale)),
      event.test && h("span", { class: "badge" }, t("kind.test")),
      h("span", { class: "meta" }, platformTitle(event.platform)),
      time,
      ALERT_TYPES.includes(event.type) && this.#menuButton(event),
    )
  }

  /** @param {CanonicalEvent} event */
  #menuButton(event) {
    const label = t("home.row-menu", { event: eventSentence(event, this.#locale) })
    const open = () =>
      showMenu([{ label: t("home.replay"), icon: "restart", act: () => this.#replay(event) }], button, label)
    const button = h("button", {
      class: "button ghost icon-only",
      type: "button",
      "aria-label": label,
      "aria-haspopup": "menu",
      onclick: open,
    }, icon("more"))
    return button
  }

  /** @param {HTMLTimeElement} time */
  #setTime(time) {
    time.textContent = relativeTime(Date.parse(time.dateTime), Date.now(), this.#locale)
  }
}
