// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { EventStream, isShownType } from "../dashboard/model/event-stream.js"
import { fakeNetwork } from "./fakes.js"

function open() {
  const network = fakeNetwork()
  /** @type {number[]} */
  const seqs = []
  /** @type {string[]} */
  const states = []
  /** @type {number[]} */
  const delays = []
  const stream = new EventStream("ws://host/ws", {
    happened: (event) => seqs.push(event.seq),
    changed(state, delayMs) {
      states.push(state)
      delays.push(delayMs)
    },
  }, network.environment)
  stream.start(10)
  network.last.accept()
  return { network, stream, seqs, states, delays }
}

test("it asks for what comes after the page's own list", () => {
  const { network } = open()

  const [{ type, payload }] = network.last.sent
  assert.equal(type, "events:subscribe")
  assert.deepEqual(payload, { types: ["chat:message", "event:*", "stream:*"], after: 10 })
})

test("a reconnect shows nothing twice and misses nothing", () => {
  const { network, seqs, states } = open()
  network.last.say("events:ready", { lastSeq: 10 })
  network.last.say("event:follow", { seq: 11 })
  network.last.fail(1006)
  network.clock.advance(500)
  network.last.accept()
  assert.equal(network.last.sent[0].payload.after, 11)

  network.last.say("events:ready", { lastSeq: 12 })
  network.last.say("event:follow", { seq: 11 })
  network.last.say("event:tip", { seq: 12 })

  assert.deepEqual(seqs, [11, 12])
  assert.deepEqual(states, ["live", "reconnecting", "live"])
})

test("who begins once more does not move its place in the log", () => {
  for (const later of [undefined, 4]) {
    const { network, stream, seqs } = open()
    network.last.say("events:ready", { lastSeq: 10 })
    network.last.say("event:follow", { seq: 11 })
    stream.start(later)
    network.last.fail(1006)
    network.clock.advance(500)
    network.last.accept()

    assert.equal(network.last.sent[0].payload.after, 11)
    assert.deepEqual(seqs, [11])
  }
})

test("it says how long it waits before it tries again", () => {
  const { network, delays } = open()
  network.last.say("events:ready", { lastSeq: 10 })
  network.last.fail(1006)
  const before = network.sockets.length
  const [, wait] = delays

  assert.ok(wait >= 250 && wait <= 500, String(wait))
  network.clock.advance(wait - 1)
  assert.equal(network.sockets.length, before)
  network.clock.advance(1)
  assert.equal(network.sockets.length, before + 1)
})

test("a host that counts from an earlier number is believed", () => {
  const { network, seqs } = open()
  network.last.say("events:ready", { lastSeq: 3 })

  network.last.say("event:follow", { seq: 4 })

  assert.deepEqual(seqs, [4])
})

test("a session that is over says so", () => {
  const { network, states } = open()

  network.last.fail(4504)

  assert.deepEqual(states, ["refused"])
})

test("the home page shows chat, events and the stream", () => {
  for (const type of ["chat:message", "event:tip", "stream:online"]) assert.ok(isShownType(type), type)
  for (const type of ["chat:delete", "stats:counts", "overlay:presence"]) assert.ok(!isShownType(type), type)
})
