// @ts-check
import { eventKind, eventSentence } from "../model/event-sentence.js"
import { relativeTime } from "../model/relative-time.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */

const MOST_ROWS = 50
const PLATFORMS = new Map([["twitch", "Twitch"], ["kick", "Kick"]])
const TONES = new Map([["Sub", "ok"], ["Tip", "warn"]])

/** The newest events in words, at most 50, newest first. */
export class EventList {
  #list
  #locale
  /** @type {CanonicalEvent[]} oldest first; what the next frame adds */
  #waiting = []
  #frame = 0

  /**
   * @param {HTMLElement} list
   * @param {string} locale
   */
  constructor(list, locale) {
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
    const row = document.createElement("li")
    row.append(badge(kind, TONES.get(kind)), cell("event-text", eventSentence(event, this.#locale)))
    if (event.test) row.append(badge("Test"))

    const time = document.createElement("time")
    time.dateTime = event.occurredAt
    time.title = new Date(event.occurredAt).toLocaleString(this.#locale)
    this.#setTime(time)
    row.append(cell("meta", PLATFORMS.get(event.platform) ?? ""), time)
    return row
  }

  /** @param {HTMLTimeElement} time */
  #setTime(time) {
    time.textContent = relativeTime(Date.parse(time.dateTime), Date.now(), this.#locale)
  }
}

/**
 * @param {string} text
 * @param {string} [tone]
 */
function badge(text, tone) {
  const element = cell("badge", text)
  if (tone) element.classList.add(tone)
  return element
}

/**
 * @param {string} className
 * @param {string} text
 */
function cell(className, text) {
  const element = document.createElement("span")
  element.className = className
  element.textContent = text
  return element
}
