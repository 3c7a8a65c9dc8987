// @ts-check
import { api, list } from "../model/api.js"
import { LiveNumbers, midnight, readBack } from "../model/live-numbers.js"
import { locale, t } from "../model/words.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */

const MINUTES_10 = 600_000
/** What can bring a goal further; the others have no part in it. */
const GOAL_TYPES = new Set(["event:follow", "event:subscribe", "event:tip", "event:raid", "stats:counts"])
// The overlay counts a moment after the event has come, and a raid of follows is one look.
const GOAL_DELAY_MS = 1_000
const GOAL_WAIT_MS = 20_000

/** The four numbers at the top of Home, which follow the stream. */
export class NumberTiles {
  #numbers = new LiveNumbers()
  #isKnown = false
  #format = new Intl.NumberFormat(locale())
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #goalTimer
  #looks = 0
  /** Which look's answer stands there. */
  #shownLook = 0

  async load() {
    const now = Date.now()
    const of = (/** @type {string} */ types) => async (/** @type {number} */ before, /** @type {number} */ limit) =>
      (await list(`/api/events?types=${types}&before=${before}&limit=${limit}`)).data
    // The goal is what the overlay shows, which may have to be woken first; nothing else waits for it.
    this.#lookAtGoal()
    const [messages, events] = await Promise.all([
      readBack(of("chat:message"), now - MINUTES_10),
      readBack(of("event:*"), midnight(now)),
    ])
    this.#numbers.begin(messages.events, events.events, { messages: messages.isCut, events: events.isCut })
    this.#isKnown = true
    this.refresh()
  }

  /** @param {CanonicalEvent} event */
  add(event) {
    this.#numbers.add(event)
    if (!GOAL_TYPES.has(event.type) || event.test) return
    // What comes until then is in the same look, and a wave of follows does not put it off for ever.
    this.#goalTimer ??= setTimeout(() => {
      this.#goalTimer = undefined
      this.#lookAtGoal()
    }, GOAL_DELAY_MS)
  }

  refresh() {
    if (!this.#isKnown) return
    const { messages, events, isCut } = this.#numbers.at(Date.now())
    show("number-messages", this.#text(messages, isCut.messages))
    show("number-events", this.#text(events, isCut.events))
  }

  /** @param {number | null} p95 milliseconds, of the slowest overlay that is open */
  showDelivery(p95) {
    show("number-delivery", p95 === null ? "–" : t("home.milliseconds", { count: Math.round(p95) }))
  }

  async #lookAtGoal() {
    this.#looks += 1
    const look = this.#looks
    try {
      const goal = await api("GET", "/dashboard/goal", undefined, { signal: AbortSignal.timeout(GOAL_WAIT_MS) })
      // An answer that was overtaken is older than what stands there.
      if (look < this.#shownLook) return
      this.#shownLook = look
      show("goal-label", goal?.label || t("home.goal"))
      show("number-goal", goal?.text ?? t("home.no-goal"))
    } catch {
      // The tile keeps what it last knew; the next event asks again.
    }
  }

  /**
   * @param {number} count
   * @param {boolean} isCut
   */
  #text(count, isCut) {
    return this.#format.format(count) + (isCut ? "+" : "")
  }
}

/**
 * @param {string} id
 * @param {string} text
 */
function show(id, text) {
  const element = document.getElementById(id)
  if (element && element.textContent !== text) element.textContent = text
}
