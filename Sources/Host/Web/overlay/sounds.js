// @ts-check
import { isSourceAllowed } from "./policy.js"

const MOST_AT_ONCE = 8
const MOST_REMEMBERED = 256

/**
 * @typedef {{id: string, kind: string, url: string, volume: number, until: number | string}} Effect
 */

/** Plays the sounds the host sends to this page, each of them once. */
export class Sounds {
  #acknowledge
  #now
  /** @type {Set<string>} oldest first */
  #known = new Set()
  #playing = 0

  /**
   * @param {(effectId: string, state: "shown" | "finished") => void} acknowledge
   * @param {() => number} now the server's time: it says by its own clock until when a sound makes sense
   */
  constructor(acknowledge, now) {
    this.#acknowledge = acknowledge
    this.#now = now
  }

  /** @param {Effect} effect */
  play({ id, kind, url, volume, until }) {
    if (kind !== "sound" || this.#known.has(id) || !isSourceAllowed(url)) return
    this.#remember(id)
    // What could not be delivered in time is over: an old alert must not sound after a reconnect.
    if (new Date(until).getTime() < this.#now() || this.#playing >= MOST_AT_ONCE) return

    const audio = new Audio()
    audio.volume = Number.isFinite(volume) ? Math.min(1, Math.max(0, volume)) : 1
    audio.src = url
    this.#playing += 1
    const finish = once(() => {
      this.#playing -= 1
      this.#acknowledge(id, "finished")
    })
    audio.addEventListener("ended", finish)
    audio.addEventListener("error", finish)
    // Refused before any click in an ordinary browser tab; OBS always allows it.
    audio.play().then(() => this.#acknowledge(id, "shown"), finish)
  }

  /** @param {string} id */
  #remember(id) {
    this.#known.add(id)
    if (this.#known.size <= MOST_REMEMBERED) return
    const [oldest] = this.#known
    this.#known.delete(oldest)
  }
}

/** @param {() => void} run */
function once(run) {
  let done = false
  return () => {
    if (!done) run()
    done = true
  }
}
