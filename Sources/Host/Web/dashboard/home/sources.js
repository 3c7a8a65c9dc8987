// @ts-check
import { h } from "../elements/dom.js"
import { list, listAll } from "../model/api.js"
import { eventSentence } from "../model/event-sentence.js"
import { locale, t } from "../model/words.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */
/** @typedef {{id: string, view: string, layoutId: string | null, fps: number | null, p95: number | null,
 *   lastShownSeq: number | null}} OpenPage */

const SLOW_MS = 10_000

/** The overlay pages that are open, how they fare, and what they showed last. */
export class Sources {
  #list = /** @type {HTMLElement} */ (document.getElementById("sources-list"))
  #none = /** @type {HTMLElement} */ (document.getElementById("sources-none"))
  #changed
  /** @type {Map<string, string>} */
  #layouts = new Map()
  /** @type {Map<number, CanonicalEvent | null>} */
  #events = new Map()
  #isLooking = false
  #mustLookAgain = false

  /** @param {(pages: OpenPage[]) => void} changed */
  constructor(changed) {
    this.#changed = changed
    setInterval(() => document.hidden || this.look(), SLOW_MS)
  }

  /** Looks at them now; what is asked for meanwhile is looked at afterwards, once. */
  async look() {
    if (this.#isLooking) {
      this.#mustLookAgain = true
      return
    }
    this.#isLooking = true
    try {
      const { data } = await list("/api/overlays?perPage=100")
      await this.#show(data)
      this.#changed(data)
    } catch {
      // The chip in the bar says that the host is away; what was known stays.
    }
    this.#isLooking = false
    if (!this.#mustLookAgain) return
    this.#mustLookAgain = false
    await this.look()
  }

  /** @param {OpenPage[]} pages */
  async #show(pages) {
    if (pages.some((page) => page.layoutId && !this.#layouts.has(page.layoutId))) {
      this.#layouts = new Map((await listAll("/api/layouts")).map(({ id, name }) => [id, name]))
    }
    await Promise.all(pages.map((page) => this.#learn(page.lastShownSeq)))
    this.#none.hidden = pages.length > 0
    this.#list.replaceChildren(...pages.map((page) => this.#row(page)))
  }

  /** @param {number | null} seq */
  async #learn(seq) {
    if (seq === null || this.#events.has(seq)) return
    const { data } = await list(`/api/events?after=${seq - 1}&limit=1`)
    const event = data[0]?.seq === seq ? data[0] : null
    // A replay shows what stands in it.
    this.#events.set(seq, event?.type === "alert:replay" ? event.payload?.event ?? null : event)
  }

  /** @param {OpenPage} page */
  #row({ view, layoutId, fps, p95, lastShownSeq }) {
    const event = lastShownSeq === null ? null : this.#events.get(lastShownSeq)
    const what = view === "overlay" ? this.#layouts.get(layoutId ?? "") ?? t("home.overlay") : t(`home.view-${view}`)
    const delay = p95 === null ? null : t("home.delay", { count: Math.round(p95) })
    return h(
      "li",
      null,
      h(
        "span",
        { class: "grow" },
        h("strong", null, what),
        delay && h("span", { class: "hint" }, delay),
        h(
          "span",
          { class: "hint last-shown" },
          event ? t("home.last-shown", { event: eventSentence(event, locale()) }) : t("home.nothing-shown"),
        ),
      ),
      h(
        "span",
        { class: "badge ok" },
        h("span", { class: "dot", "aria-hidden": "true" }),
        fps === null ? t("home.open-now") : t("home.fps", { count: Math.round(fps) }),
      ),
    )
  }
}
