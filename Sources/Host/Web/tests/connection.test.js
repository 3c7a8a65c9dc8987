// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { OverlayConnection } from "../overlay/connection.js"
import { fakeNetwork } from "./fakes.js"

const PAGE = {
  platform: "twitch",
  channel: "demo",
  view: /** @type {const} */ ("overlay"),
  layoutId: "",
  sample: null,
  key: "",
}

/** @param {{seen?: object, page?: Partial<typeof PAGE>}} [options] */
function connect({ seen = {}, page = {} } = {}) {
  const network = fakeNetwork()
  /** @type {any[]} */
  const received = []
  /** @type {number[]} */
  const lost = []
  const connection = new OverlayConnection("ws://host/ws", { ...PAGE, ...page }, {
    seen: () => seen,
    telemetry: () => ({ fps: 60 }),
    received: (message) => received.push(message),
    lost: (code) => lost.push(code),
  }, network.environment)
  connection.start()
  return { network, connection, received, lost }
}

test("a new page subscribes with its address alone", () => {
  const { network } = connect()

  network.last.accept()

  const [{ type, payload, streamerId }] = network.last.sent
  assert.equal(type, "overlay:subscribe")
  assert.equal(streamerId, null)
  assert.deepEqual(payload, { platform: "twitch", channel: "demo", view: "overlay" })
})

test("a page that was connected before says what it has", () => {
  const seen = { after: 41, epoch: "e1", revs: { chat: 7 } }
  const { network } = connect({ seen, page: { layoutId: "L1", key: "a+b" } })

  network.last.accept()

  const { payload } = network.last.sent[0]
  assert.deepEqual(payload, {
    platform: "twitch",
    channel: "demo",
    view: "overlay",
    layoutId: "L1",
    key: "a+b",
    after: 41,
    epoch: "e1",
    revs: { chat: 7 },
  })
})

test("the waits grow from a quarter second to four seconds", () => {
  const { network } = connect()
  network.random = 1

  const waits = []
  for (let attempt = 0; attempt < 6; attempt++) {
    network.last.fail(1006)
    const before = network.clock.now()
    const count = network.sockets.length
    while (network.sockets.length === count) network.clock.advance(50)
    waits.push(network.clock.now() - before)
  }

  assert.deepEqual(waits, [500, 1000, 2000, 4000, 4000, 4000])
})

test("no wait is shorter than a quarter second", () => {
  const { network } = connect()
  network.last.fail(4000)

  network.clock.advance(249)
  assert.equal(network.sockets.length, 1)
  network.clock.advance(1)
  assert.equal(network.sockets.length, 2)
})

test("an answer makes the next wait short again, an error does not", () => {
  const { network } = connect()
  network.random = 1
  for (let attempt = 0; attempt < 4; attempt++) {
    network.last.accept()
    network.last.say("system:error", { code: "UNAVAILABLE" })
    network.last.fail(4010)
    network.clock.advance(4000)
  }
  network.last.accept()
  network.last.say("overlay:snapshot")
  const count = network.sockets.length

  network.last.fail(1006)
  network.clock.advance(500)

  assert.equal(network.sockets.length, count + 1)
})

test("a refused page tries again every 60 seconds, also when it becomes visible", () => {
  const { network, connection, lost } = connect()
  network.last.accept()
  network.last.fail(4503)

  connection.wake()
  network.clock.advance(59_999)
  assert.equal(network.sockets.length, 1)
  network.clock.advance(1)
  assert.equal(network.sockets.length, 2)
  assert.deepEqual(lost, [4503])
})

test("a waiting page connects at once when it becomes visible", () => {
  const { network, connection } = connect()
  network.last.fail(1006)

  connection.wake()
  connection.wake()

  assert.equal(network.sockets.length, 2)
  network.clock.advance(5000)
  assert.equal(network.sockets.length, 2)
})

test("a page that is connected stays so when it becomes visible", () => {
  const { network, connection } = connect()
  network.last.accept()

  network.clock.advance(30_000)
  connection.wake()

  assert.equal(network.sockets.length, 1)
})

test("a page pings every 20 seconds and tells how it paints", () => {
  const { network } = connect()
  network.last.accept()

  network.clock.advance(20_000)
  network.last.say("system:pong")
  network.clock.advance(20_000)

  const pings = network.last.sent.filter(({ type }) => type === "system:ping")
  assert.equal(pings.length, 2)
  assert.deepEqual(pings[0].payload, { fps: 60 })
})

test("45 seconds of silence end a link", () => {
  const { network } = connect()
  network.last.accept()
  network.last.say("overlay:snapshot")

  network.clock.advance(44_000)
  assert.equal(network.sockets.length, 1)
  network.clock.advance(1_300)

  assert.equal(network.sockets.length, 2)
  assert.equal(network.alive, 1)
})

test("any message counts as a sign of life", () => {
  const { network } = connect()
  network.last.accept()

  for (let second = 0; second < 300; second += 20) {
    network.clock.advance(20_000)
    network.last.say("system:pong")
  }

  assert.equal(network.sockets.length, 1)
})

test("timers that slept are not the host's silence", () => {
  const { network } = connect()
  network.last.accept()

  for (let minute = 0; minute < 10; minute++) {
    network.clock.sleep(60_000)
    network.clock.advance(1)
    assert.equal(network.last.sent.filter(({ type }) => type === "system:ping").length, minute + 1)
    network.last.say("system:pong")
  }

  assert.equal(network.sockets.length, 1)
})

test("a computer that slept gets a new link as soon as somebody looks", () => {
  const { network, connection } = connect()
  network.last.accept()
  network.clock.sleep(3_600_000)

  connection.wake()
  network.clock.advance(1)

  assert.equal(network.sockets.length, 2)
  assert.equal(network.alive, 1)
})

test("an attempt that does not open within 10 seconds is given up", () => {
  const { network } = connect()

  network.clock.advance(10_000)
  assert.equal(network.alive, 0)
  network.clock.advance(250)

  assert.equal(network.sockets.length, 2)
  assert.equal(network.alive, 1)
})

test("a socket that was given up is not listened to", () => {
  const { network, received, lost } = connect()
  const [stale] = network.sockets
  network.clock.advance(10_250)
  network.last.accept()

  stale.accept()
  stale.say("overlay:patch", { seq: 1 })
  stale.fail(1006)

  assert.deepEqual(received, [])
  assert.deepEqual(lost, [0])
  assert.deepEqual(stale.sent, [])
  assert.equal(network.sockets.length, 2)
})

test("a frame that is no message is passed over", () => {
  const { network, received } = connect()
  network.last.accept()

  network.last.onmessage?.({ data: "{" })
  network.last.onmessage?.({ data: new ArrayBuffer(4) })
  network.last.onmessage?.({ data: "[]" })
  network.last.onmessage?.({ data: "null" })
  network.last.say("overlay:patch", { seq: 2 })

  assert.deepEqual(received.map(({ payload }) => payload), [{ seq: 2 }])
})

test("a changed key is used at once, even after a refusal", () => {
  const { network, connection } = connect({ page: { key: "old" } })
  network.last.accept()
  network.last.fail(4503)

  connection.useKey("new")
  network.last.accept()

  assert.equal(network.sockets.length, 2)
  assert.equal(network.last.sent[0].payload.key, "new")
})

test("hundred drops leave one socket and one timer", () => {
  const { network } = connect()

  for (let drop = 0; drop < 100; drop++) {
    network.last.accept()
    network.last.say("overlay:snapshot")
    network.last.fail(4000)
    network.clock.advance(500)
  }

  assert.equal(network.alive, 1)
  assert.equal(network.clock.pending, 1)
})

test("a stopped connection leaves nothing behind", () => {
  const { network, connection } = connect()
  network.last.accept()

  connection.stop()
  network.clock.advance(120_000)

  assert.equal(network.alive, 0)
  assert.equal(network.clock.pending, 0)
  assert.equal(network.sockets.length, 1)
})
