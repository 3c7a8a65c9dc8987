// @ts-check

/** A clock that stands still until a test moves it. */
export class FakeClock {
  #now = 1_000_000
  #nextId = 1
  /** @type {Map<number, {at: number, run: () => void}>} */
  #timers = new Map()

  get pending() {
    return this.#timers.size
  }

  now = () => this.#now

  /**
   * @param {() => void} run
   * @param {number} ms
   */
  setTimeout = (run, ms) => {
    this.#timers.set(this.#nextId, { at: this.#now + ms, run })
    return this.#nextId++
  }

  /** @param {number} id */
  clearTimeout = (id) => {
    this.#timers.delete(id)
  }

  /** @param {number} ms */
  advance(ms) {
    const end = this.#now + ms
    for (;;) {
      const [next] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at)
      if (!next || next[1].at > end) break
      this.#timers.delete(next[0])
      this.#now = Math.max(this.#now, next[1].at)
      next[1].run()
    }
    this.#now = end
  }

  /**
   * The computer sleeps: time passes, timers do not run.
   * @param {number} ms
   */
  sleep(ms) {
    this.#now += ms
  }
}

/** A socket without a network; the test plays the server. */
export class FakeSocket {
  readyState = 0
  /** @type {any[]} */
  sent = []
  /** @type {((event: any) => void) | null} */
  onopen = null
  /** @type {((event: any) => void) | null} */
  onmessage = null
  /** @type {((event: any) => void) | null} */
  onclose = null

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text))
  }

  close() {
    this.readyState = 2
  }

  accept() {
    this.readyState = 1
    this.onopen?.({})
  }

  /**
   * @param {string} type
   * @param {object} payload
   * @param {string} timestamp
   */
  say(type, payload = {}, timestamp = "") {
    this.onmessage?.({ data: JSON.stringify({ type, payload, timestamp, streamerId: null }) })
  }

  /** @param {number} code */
  fail(code) {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

/** An environment for a link, and what happened in it. */
export function fakeNetwork() {
  const clock = new FakeClock()
  /** @type {FakeSocket[]} */
  const sockets = []
  const network = {
    clock,
    sockets,
    random: 0,
    get last() {
      return sockets[sockets.length - 1]
    },
    get alive() {
      return sockets.filter((socket) => socket.readyState < 2).length
    },
    environment: {
      WebSocket: class extends FakeSocket {
        constructor() {
          super()
          sockets.push(this)
        }
      },
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
      now: clock.now,
      random: () => network.random,
    },
  }
  return network
}
