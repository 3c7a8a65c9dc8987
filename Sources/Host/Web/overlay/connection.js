// @ts-check
import { Link } from "../realtime/link.js"

/**
 * @typedef {import("../realtime/envelope.js").Envelope} Envelope
 * @typedef {import("../realtime/link.js").LinkEnvironment} LinkEnvironment
 * @typedef {import("./page-address.js").PageAddress} PageAddress
 *
 * @typedef {object} Seen what this page already shows right
 * @property {number} [after]
 * @property {string | number} [epoch]
 * @property {Record<string, number>} [revs]
 *
 * @typedef {object} ConnectionOwner
 * @property {() => Seen} seen
 * @property {() => object} telemetry
 * @property {(message: Envelope) => void} received
 * @property {(code: number) => void} lost
 */

/** An overlay page's link: it says after every opening what the page is and what it has. */
export class OverlayConnection {
  #link
  #page
  #owner

  /**
   * @param {string} url
   * @param {Pick<PageAddress, "platform" | "channel" | "view" | "layoutId" | "sample" | "key">} page
   * @param {ConnectionOwner} owner
   * @param {LinkEnvironment} environment
   */
  constructor(url, page, owner, environment) {
    this.#page = page
    this.#owner = owner
    this.#link = new Link(
      url,
      {
        opened: () => this.#subscribe(),
        received: (message) => owner.received(message),
        closed: (code) => owner.lost(code),
        heartbeat: () => owner.telemetry(),
      },
      environment,
    )
  }

  start() {
    this.#link.start()
  }

  stop() {
    this.#link.stop()
  }

  wake() {
    this.#link.wake()
  }

  /**
   * OBS applies a changed fragment without loading the page again, so a new key must count at once.
   * @param {string} key
   */
  useKey(key) {
    if (key === this.#page.key) return
    this.#page = { ...this.#page, key }
    this.#link.restart()
  }

  /**
   * @param {string} type
   * @param {object} payload
   */
  send(type, payload) {
    return this.#link.send(type, payload)
  }

  #subscribe() {
    const { platform, channel, view, layoutId, sample, key } = this.#page
    this.#link.send("overlay:subscribe", {
      platform,
      channel,
      view,
      ...(layoutId && { layoutId }),
      ...sample,
      ...(key && { key }),
      ...this.#owner.seen(),
    })
  }
}
