// @ts-check

/** @typedef {import("./event-sentence.js").CanonicalEvent} CanonicalEvent */

const MINUTES_10 = 600_000
const PAGE = 500
// More would be a day of reading for a number that nobody reads to its last digit.
const MOST_PAGES = 4

/** The hours of chat and events that the tiles of Home count; test events count nowhere. */
export class LiveNumbers {
  /** @type {number[]} when each message came, the oldest first */
  #messages = []
  /** @type {number[]} */
  #events = []
  #isCut = { messages: false, events: false }

  /**
   * @param {CanonicalEvent[]} messages newest first
   * @param {CanonicalEvent[]} events newest first
   * @param {{messages: boolean, events: boolean}} isCut whether there are older ones that would count as well
   */
  begin(messages, events, isCut) {
    const times = (/** @type {CanonicalEvent[]} */ list) =>
      list.filter((event) => !event.test).map((event) => Date.parse(event.occurredAt)).reverse()
    this.#messages = times(messages)
    this.#events = times(events)
    this.#isCut = { ...isCut }
  }

  /** @param {CanonicalEvent} event newer than all */
  add(event) {
    if (event.test) return
    const at = Date.parse(event.occurredAt)
    if (event.type === "chat:message") this.#messages.push(at)
    else if (event.type.startsWith("event:")) this.#events.push(at)
  }

  /**
   * @param {number} now milliseconds
   * @returns {{messages: number, events: number, isCut: {messages: boolean, events: boolean}}}
   */
  at(now) {
    this.#forget("messages", this.#messages, now - MINUTES_10)
    this.#forget("events", this.#events, midnight(now))
    return { messages: this.#messages.length, events: this.#events.length, isCut: { ...this.#isCut } }
  }

  /**
   * @param {"messages" | "events"} name
   * @param {number[]} times
   * @param {number} begin
   */
  #forget(name, times, begin) {
    let gone = 0
    while (gone < times.length && times[gone] < begin) gone += 1
    times.splice(0, gone)
    // Once one that was counted is too old, so are those that were not.
    if (gone > 0) this.#isCut[name] = false
  }
}

/**
 * The newest events of a type back to that moment, and whether there are still more.
 * @param {(before: number, limit: number) => Promise<CanonicalEvent[]>} read newest first
 * @param {number} begin milliseconds
 */
export async function readBack(read, begin) {
  /** @type {CanonicalEvent[]} */
  const found = []
  let before = Number.MAX_SAFE_INTEGER
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const events = await read(before, PAGE)
    const young = events.filter((event) => Date.parse(event.occurredAt) >= begin)
    found.push(...young)
    if (young.length < events.length || events.length < PAGE) return { events: found, isCut: false }
    before = events[events.length - 1].seq
  }
  return { events: found, isCut: true }
}

/**
 * When this day began, where the streamer is.
 * @param {number} now
 */
export function midnight(now) {
  return new Date(now).setHours(0, 0, 0, 0)
}
