// @ts-check
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { ServerClock } from "../overlay/server-clock.js"
import { Sounds } from "../overlay/sounds.js"

const MINUTE = 60_000
const NOW = Date.parse("2026-11-21T12:00:00Z")

/** @type {FakeAudio[]} */
let played = []

/** A player that needs no device; the test says when the sound is over. */
class FakeAudio extends EventTarget {
  volume = 1
  src = ""

  play() {
    played.push(this)
    return Promise.resolve()
  }
}

globalThis.Audio = /** @type {any} */ (FakeAudio)
beforeEach(() => {
  played = []
})

/** @param {Record<string, any>} [values] */
function effect(values) {
  return { id: "e1", widgetId: "w", kind: "sound", url: "/files/f1", volume: 0.5, until: NOW + 5000, ...values }
}

/** @param {number} now the server's time */
function player(now = NOW) {
  /** @type {string[]} */
  const reports = []
  return { reports, sounds: new Sounds((id, state) => reports.push(`${id} ${state}`), () => now) }
}

test("a sound plays once, at its volume, and says when it began and ended", async () => {
  const { sounds, reports } = player()

  sounds.play(effect())
  sounds.play(effect())
  await null
  played[0].dispatchEvent(new Event("ended"))

  assert.deepEqual(played.map(({ src, volume }) => [src, volume]), [["/files/f1", 0.5]])
  assert.deepEqual(reports, ["e1 shown", "e1 finished"])
})

test("a sound that comes too late stays silent, by the server's clock and in either notation", () => {
  for (const until of [NOW - 1, new Date(NOW - 1).toISOString()]) player().sounds.play(effect({ until }))
  assert.equal(played.length, 0)

  for (const until of [NOW, new Date(NOW).toISOString()]) player().sounds.play(effect({ until }))
  assert.equal(played.length, 2)
})

test("the built-in chime is played, an address elsewhere is not", () => {
  const { sounds } = player()

  sounds.play(effect({ url: "/assets/0a1b2c3d4e5f6a7b/widgets/assets/chime.wav" }))
  sounds.play(effect({ id: "e2", url: "https://elsewhere/files/f1" }))
  sounds.play(effect({ id: "e3", kind: "light" }))

  assert.equal(played.length, 1)
})

test("a volume out of range is brought into it, one that is no number is full", () => {
  for (const volume of [-1, 0, 2, "loud", undefined, null, NaN]) player().sounds.play(effect({ volume }))

  assert.deepEqual(played.map((audio) => audio.volume), [0, 0, 1, 1, 1, 1, 1])
})

test("at most eight sounds play at once", () => {
  const { sounds } = player()

  for (let id = 0; id < 10; id++) sounds.play(effect({ id: `e${id}` }))
  played[0].dispatchEvent(new Event("ended"))
  played[0].dispatchEvent(new Event("error"))
  sounds.play(effect({ id: "next" }))
  sounds.play(effect({ id: "one too many" }))

  assert.equal(played.length, 9)
})

test("a computer whose clock is hours off hears its alerts all the same", () => {
  let local = 3_000
  const clock = new ServerClock(() => local)
  const { sounds } = { sounds: new Sounds(() => {}, () => clock.now()) }

  clock.heard(new Date(NOW).toISOString())
  local += 1000
  sounds.play(effect({ until: NOW + 1000 }))
  local += 1
  sounds.play(effect({ id: "e2", until: NOW + 1000 }))

  assert.equal(clock.now(), NOW + 1001)
  assert.equal(played.length, 1)
})

test("messages that were held up do not set the server's clock back", () => {
  let local = 0
  const clock = new ServerClock(() => local)
  clock.heard(new Date(NOW).toISOString())

  // The link stands still, for a little and for long, and then everything comes at once.
  for (const [from, to] of [[0, 30], [30, 330]]) {
    local = to * 1000
    for (let second = from; second < to; second += 10) clock.heard(new Date(NOW + second * 1000).toISOString())

    assert.equal(clock.now(), NOW + to * 1000)
  }
})

test("clocks that drift apart are followed", () => {
  let local = 0
  const clock = new ServerClock(() => local)

  // This computer's clock gains 100 milliseconds a minute.
  for (let minute = 0; minute < 600; minute++) {
    clock.heard(new Date(NOW + minute * MINUTE).toISOString())
    local += MINUTE + 100
  }

  assert.ok(Math.abs(clock.now() - (NOW + 600 * MINUTE)) <= 300)
})

test("what carries no readable moment teaches nothing", () => {
  const clock = new ServerClock(() => 0)

  for (const timestamp of [undefined, "", "soon"]) clock.heard(timestamp)

  assert.ok(Math.abs(clock.now() - Date.now()) < 5000)
})
