// @ts-check
import { Link } from "../../realtime/link.js"

/**
 * @typedef {import("./event-sentence.js").CanonicalEvent} CanonicalEvent
 *
 * @typedef {object} EventStreamOwner
 * @property {(event: CanonicalEvent) => void} happened
 * @property {(state: "live" | "reconnecting" | "refused", delayMs: number) => void} changed with how long it waits
 *   before it tries again
 */

/** What the home page tells about. */
export const SHOWN_TYPES = ["chat:message", "event:*", "stream:*"]
// By section 45xx of the close codes: the session is over, trying again changes nothing.
const NO_SESSION = 4504

/**
 * Whether the home page tells about events of this type.
 * @param {string} type
 */
export function isShownType(type) {
  return matches(type, SHOWN_TYPES)
}

/**
 * @param {string} type
 * @param {string[]} patterns
 */
function matches(type, patterns) {
  return patterns.some((pattern) => pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern)
}

/** The streamer's events as they happen, each of them once, also across reconnects. */
export class EventStream {
  #link
  #owner
  #types
  /** @type {number | undefined} */
  #lastSeq

  /**
   * @param {string} url
   * @param {EventStreamOwner} owner
   * @param {import("../../realtime/link.js").LinkEnvironment} environment
   * @param {string[]} [types]
   */
  constructor(url, owner, environment, types = SHOWN_TYPES) {
    this.#owner = owner
    this.#types = types
    this.#link = new Link(url, {
      opened: () => this.#link.send("events:subscribe", this.#wish()),
      received: (message) => this.#received(message),
      closed: (code, delayMs) => owner.changed(code === NO_SESSION ? "refused" : "reconnecting", delayMs),
      heartbeat: () => ({}),
    }, environment)
  }

  #wish() {
    return this.#lastSeq === undefined ? { types: this.#types } : { types: this.#types, after: this.#lastSeq }
  }

  /**
   * Begins; once it has, it knows better where it is than who calls again.
   * @param {number} [lastSeq] the newest event that is known already; without it what happens from now on
   */
  start(lastSeq) {
    this.#lastSeq ??= lastSeq
    this.#link.start()
  }

  wake() {
    this.#link.wake()
  }

  /** @param {{type: string, payload: any}} message */
  #received({ type, payload }) {
    if (type === "events:ready") {
      // A restored backup counts from an earlier number; what comes then is new after all.
      this.#lastSeq = Math.min(this.#lastSeq ?? payload.lastSeq, payload.lastSeq)
      return this.#owner.changed("live", 0)
    }
    if (!matches(type, this.#types) || payload.seq <= (this.#lastSeq ?? 0)) return
    this.#lastSeq = payload.seq
    this.#owner.happened(payload)
  }
}
