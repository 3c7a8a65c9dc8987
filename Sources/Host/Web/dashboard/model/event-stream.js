// @ts-check
import { Link } from "../../realtime/link.js"

/**
 * @typedef {import("./event-sentence.js").CanonicalEvent} CanonicalEvent
 *
 * @typedef {object} EventStreamOwner
 * @property {(event: CanonicalEvent) => void} happened
 * @property {(state: "live" | "reconnecting" | "refused") => void} changed
 */

const TYPES = ["chat:message", "event:*", "stream:*"]
// By section 45xx of the close codes: the session is over, trying again changes nothing.
const NO_SESSION = 4504

/**
 * Whether the home page tells about events of this type.
 * @param {string} type
 */
export function isShownType(type) {
  return TYPES.some((pattern) => pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern)
}

/** The streamer's events as they happen, each of them once, also across reconnects. */
export class EventStream {
  #link
  #owner
  #lastSeq = 0

  /**
   * @param {string} url
   * @param {EventStreamOwner} owner
   * @param {import("../../realtime/link.js").LinkEnvironment} environment
   */
  constructor(url, owner, environment) {
    this.#owner = owner
    this.#link = new Link(url, {
      opened: () => this.#link.send("events:subscribe", { types: TYPES, after: this.#lastSeq }),
      received: (message) => this.#received(message),
      closed: (code) => owner.changed(code === NO_SESSION ? "refused" : "reconnecting"),
      heartbeat: () => ({}),
    }, environment)
  }

  /** @param {number} lastSeq the newest event that is known already */
  start(lastSeq) {
    this.#lastSeq = lastSeq
    this.#link.start()
  }

  wake() {
    this.#link.wake()
  }

  /** @param {{type: string, payload: any}} message */
  #received({ type, payload }) {
    if (type === "events:ready") {
      // A restored backup counts from an earlier number; what comes then is new after all.
      this.#lastSeq = Math.min(this.#lastSeq, payload.lastSeq)
      return this.#owner.changed("live")
    }
    if (!isShownType(type) || payload.seq <= this.#lastSeq) return
    this.#lastSeq = payload.seq
    this.#owner.happened(payload)
  }
}
