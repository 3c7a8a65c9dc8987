// @ts-check
import { decode, encode } from "./envelope.js"
import { isRefusal, retryDelay } from "./retry.js"
import { Silence } from "./silence.js"

/**
 * @typedef {import("./envelope.js").Envelope} Envelope
 *
 * @typedef {object} SocketLike
 * @property {number} readyState
 * @property {((event: any) => void) | null} onopen
 * @property {((event: any) => void) | null} onmessage
 * @property {((event: any) => void) | null} onclose
 * @property {(text: string) => void} send
 * @property {() => void} close
 *
 * @typedef {object} LinkEnvironment what a test replaces
 * @property {new (url: string) => SocketLike} WebSocket
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now
 * @property {() => number} random
 *
 * @typedef {object} LinkOwner
 * @property {() => void} opened
 * @property {(message: Envelope) => void} received
 * @property {(code: number, delayMs: number) => void} closed the close code, 0 when this side gave up; and how long it
 *   waits before it tries again
 * @property {() => object} heartbeat payload of the next `system:ping`
 */

const OPEN = 1
const CONNECT_LIMIT_MS = 10_000
const TICK_MS = 5_000
const PING_MS = 20_000

/** One WebSocket that comes back: at most one is alive, and only the newest is listened to. */
export class Link {
  #url
  #owner
  #environment
  /** @type {SocketLike | null} */
  #socket = null
  /** @type {"stopped" | "connecting" | "open" | "waiting" | "refused"} */
  #phase = "stopped"
  // Each phase needs exactly one timer, so one field is enough and none can be left behind.
  /** @type {any} */
  #timer = null
  #failures = 0
  #pingedAt = 0
  #silence = new Silence(0, 2 * TICK_MS)

  /**
   * @param {string} url
   * @param {LinkOwner} owner
   * @param {LinkEnvironment} environment
   */
  constructor(url, owner, environment) {
    this.#url = url
    this.#owner = owner
    this.#environment = environment
  }

  start() {
    if (this.#phase === "stopped") this.#connect()
  }

  stop() {
    this.#drop()
    this.#environment.clearTimeout(this.#timer)
    this.#phase = "stopped"
  }

  /** Begins anew at once, whatever the state: the address or the key has changed. */
  restart() {
    this.#failures = 0
    this.#connect()
  }

  /** The page became visible or the network returned: no reason to wait any longer. */
  wake() {
    if (this.#phase === "waiting") this.#connect()
    else if (this.#phase === "open" && this.#silence.hasSlept(this.#environment.now())) this.#lost(0, 0)
  }

  /**
   * @param {string} type
   * @param {object} payload
   * @returns {boolean} false when there is no open link; nothing is kept for later
   */
  send(type, payload) {
    if (this.#socket?.readyState !== OPEN) return false
    this.#socket.send(encode(type, payload))
    return true
  }

  #connect() {
    this.#drop()
    const socket = new this.#environment.WebSocket(this.#url)
    this.#socket = socket
    this.#phase = "connecting"
    // A socket that was given up may still speak; only the current one is heard.
    const current = () => socket === this.#socket
    socket.onopen = () => current() && this.#opened()
    socket.onmessage = (event) => current() && this.#received(event.data)
    socket.onclose = (event) => current() && this.#lost(event.code)
    this.#after(CONNECT_LIMIT_MS, () => this.#lost(0))
  }

  #opened() {
    this.#phase = "open"
    this.#pingedAt = this.#environment.now()
    this.#silence.heard(this.#pingedAt)
    this.#after(TICK_MS, () => this.#tick())
    this.#owner.opened()
  }

  /** @param {unknown} data */
  #received(data) {
    this.#silence.heard(this.#environment.now())
    const message = decode(data)
    if (message === null) return
    // An error is often followed by a close, so only a real answer proves that the host is well.
    if (message.type !== "system:error") this.#failures = 0
    this.#owner.received(message)
  }

  #tick() {
    const now = this.#environment.now()
    if (this.#silence.isTooLong(now)) return this.#lost(0)

    if (now - this.#pingedAt >= PING_MS - TICK_MS / 2) {
      this.#pingedAt = now
      this.send("system:ping", this.#owner.heartbeat())
    }
    this.#after(TICK_MS, () => this.#tick())
  }

  /**
   * @param {number} code
   * @param {number} [delayMs]
   */
  #lost(code, delayMs = retryDelay(code, this.#failures++, this.#environment.random)) {
    this.#drop()
    this.#phase = isRefusal(code) ? "refused" : "waiting"
    this.#after(delayMs, () => this.#connect())
    this.#owner.closed(code, delayMs)
  }

  #drop() {
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }

  /**
   * @param {number} ms
   * @param {() => void} run
   */
  #after(ms, run) {
    this.#environment.clearTimeout(this.#timer)
    this.#timer = this.#environment.setTimeout(run, ms)
  }
}
