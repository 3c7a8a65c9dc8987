// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { LayoutSaver, SAVE_AFTER_MS } from "../dashboard/model/layout-saver.js"

/** A saver with a clock that is wound by hand and a host that does what it is told. */
function stand() {
  /** @type {{run: () => void, at: number, id: number}[]} */
  let timers = []
  let now = 0
  let lastId = 0
  const host = {
    /** @type {string[]} */
    saved: [],
    /** @type {string[]} */
    states: [],
    /** @type {{kind: any} | null} */
    fault: null,
    /** @type {(() => void)[]} */
    held: [],
    holds: false,
  }
  const saver = new LayoutSaver({
    save: async (layout) => {
      if (host.holds) await new Promise((resolve) => host.held.push(() => resolve(undefined)))
      if (host.fault) throw host.fault
      host.saved.push(/** @type {any} */ (layout))
    },
    judge: ({ kind }) => kind,
    tell: (state) => host.states.push(state),
    later: (run, ms) => {
      timers.push({ run, at: now + ms, id: ++lastId })
      return lastId
    },
    cancel: (id) => timers = timers.filter((timer) => timer.id !== id),
  })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  const wind = async (/** @type {number} */ ms) => {
    now += ms
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { run } of due) run()
    await settle()
  }
  const change = (/** @type {string} */ text) => saver.change(/** @type {any} */ (text))
  return { saver, host, wind, settle, change }
}

test("a draft is saved 800 ms after the last change, and only the last", async () => {
  const { saver, host, wind, change } = stand()
  change("a")
  await wind(SAVE_AFTER_MS - 1)
  change("b")
  await wind(SAVE_AFTER_MS - 1)
  assert.deepEqual(host.saved, [])
  assert.equal(saver.isUnsaved, true)
  await wind(1)
  assert.deepEqual(host.saved, ["b"])
  assert.equal(saver.isUnsaved, false)
  assert.deepEqual(host.states, ["waiting", "waiting", "saving", "saved"])
})

test("what changes while a draft is being saved is saved after it", async () => {
  const { saver, host, wind, settle, change } = stand()
  host.holds = true
  change("a")
  await wind(SAVE_AFTER_MS)
  change("b")
  await wind(SAVE_AFTER_MS)
  assert.equal(host.held.length, 1, "one request at a time")
  host.holds = false
  host.held[0]()
  await settle()
  assert.equal(saver.isUnsaved, true)
  await wind(SAVE_AFTER_MS)
  assert.deepEqual(host.saved, ["a", "b"])
})

test("while the host is away it is tried again, less and less often", async () => {
  const { saver, host, wind, change } = stand()
  host.fault = { kind: "retry" }
  change("a")
  await wind(SAVE_AFTER_MS)
  assert.equal(saver.state, "retrying")
  await wind(999)
  assert.equal(host.states.filter((state) => state === "saving").length, 1)
  await wind(1)
  assert.equal(host.states.filter((state) => state === "saving").length, 2)
  await wind(1_999)
  assert.equal(host.states.filter((state) => state === "saving").length, 2)
  host.fault = null
  await wind(1)
  assert.deepEqual(host.saved, ["a"])
  assert.equal(saver.state, "saved")
})

test("the network that is back is used at once", async () => {
  const { saver, host, wind, change } = stand()
  host.fault = { kind: "retry" }
  change("a")
  await wind(SAVE_AFTER_MS)
  host.fault = null
  await saver.flush()
  assert.deepEqual(host.saved, ["a"])
})

test("what the host refuses waits for the next change", async () => {
  const { saver, host, wind, change } = stand()
  host.fault = { kind: "refused" }
  change("a")
  await wind(SAVE_AFTER_MS)
  await wind(100_000)
  assert.equal(saver.state, "refused")
  assert.equal(saver.isUnsaved, true)
  host.fault = null
  change("b")
  await wind(SAVE_AFTER_MS)
  assert.deepEqual(host.saved, ["b"])
})

test("once somebody else has changed the layout nothing is saved until that is settled", async () => {
  const { saver, host, wind, change } = stand()
  host.fault = { kind: "stale" }
  change("a")
  await wind(SAVE_AFTER_MS)
  host.fault = null
  change("b")
  await wind(100_000)
  assert.deepEqual([host.saved, saver.state], [[], "stale"])
  saver.resume(0)
  await wind(0)
  assert.deepEqual(host.saved, ["b"])
})

test("what is published or given up is not saved any more", async () => {
  const { saver, host, wind, change } = stand()
  change("a")
  await saver.forget()
  await wind(100_000)
  assert.deepEqual([host.saved, saver.state, saver.isUnsaved], [[], "saved", false])
})

test("a publication waits for the save that is on its way", async () => {
  const { saver, host, wind, change } = stand()
  host.holds = true
  change("a")
  await wind(SAVE_AFTER_MS)
  let isQuiet = false
  const quiet = saver.pause().then(() => isQuiet = true)
  await wind(0)
  assert.equal(isQuiet, false)
  host.held[0]()
  await quiet
  change("b")
  await wind(100_000)
  assert.deepEqual(host.saved, ["a"])
})
