// @ts-check
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { whenIdle } from "../dashboard/elements/seen.js"
import { once } from "../dashboard/model/once.js"
import { relativeTime } from "../dashboard/model/relative-time.js"
import { savedAgo } from "../dashboard/model/saved-ago.js"
import { speaker } from "../dashboard/model/words.js"
import { FrameQueue } from "../overlay/frame-queue.js"
import { readKey, readPageAddress } from "../overlay/page-address.js"
import { placeOnCanvas } from "../overlay/placement.js"

const web = new URL("../", import.meta.url)
const english = speaker(JSON.parse(readFileSync(new URL("locales/en.json", web), "utf8")), "en")

test("a page knows itself from its body and its address", () => {
  const dataset = { platform: "kick", channel: "demo", view: "chat", layout: "L1" }

  const page = readPageAddress(dataset, { search: "?width=400&height=0", hash: "#key=a%2Fb" })

  assert.deepEqual(page, {
    platform: "kick",
    channel: "demo",
    view: "chat",
    layoutId: "L1",
    sample: null,
    key: "a/b",
    width: 400,
    height: null,
    reducedMotion: false,
  })
})

test("a page in the dashboard's frame tries something out", () => {
  const read = (/** @type {string} */ search) => readPageAddress({ view: "overlay" }, { search, hash: "" })

  assert.equal(read("?view=preview").view, "preview")
  assert.equal(read("?view=preview&layout=L1").sample, null)
  const config = encodeURIComponent('{"maxMessages":5}')
  const given = read(`?view=preview&type=chat&config=${config}`).sample
  assert.deepEqual(given, { type: "chat", config: { maxMessages: 5 } })
  assert.deepEqual(read("?view=preview&type=chat&config={").sample, { type: "chat", config: {} })
  assert.equal(read("?type=chat").sample, null)
  assert.equal(read("?view=dashboard").view, "overlay")
})

test("less motion is asked for in the address by exactly that word", () => {
  const reduced = (/** @type {string} */ search) => readPageAddress({}, { search, hash: "" }).reducedMotion

  assert.equal(reduced("?width=400&motion=reduced"), true)
  for (const search of ["", "?motion", "?motion=full", "?motion=Reduced", "?motions=reduced"]) {
    assert.equal(reduced(search), false, search)
  }
})

test("a key survives the address as it is", () => {
  assert.equal(readKey("#key=a+b=="), "a+b==")
  assert.equal(readKey("#key=50%"), "50%")
  assert.equal(readKey("#x=1&key=k"), "k")
  assert.equal(readKey("#monkey=k"), "")
  assert.equal(readKey(""), "")
})

test("grid cells share the canvas with their gaps", () => {
  const grid = { columns: 12, rows: 9, gap: 0 }
  assert.deepEqual(
    placeOnCanvas({ x: 9, y: 3, width: 3, height: 5 }, { mode: "grid", grid }),
    { x: 1440, y: 360, width: 480, height: 600 },
  )

  const wide = placeOnCanvas({ x: 0, y: 0, width: 12, height: 9 }, { mode: "grid", grid: { ...grid, gap: 16 } })
  assert.ok(Math.abs(wide.width - 1920) < 1e-9 && Math.abs(wide.height - 1080) < 1e-9)
})

test("a free layout is in pixels already", () => {
  const box = { x: 5, y: 6, width: 700, height: 80 }
  assert.deepEqual(placeOnCanvas(box, { mode: "free", grid: { columns: 12, rows: 9, gap: 8 } }), box)
})

test("messages of one frame are applied together, a hidden page's at once, and never too many wait", () => {
  /** @type {[number, boolean][]} */
  const batches = []
  let hidden = false
  let run = () => {}
  const queue = new FrameQueue((items, painted) => batches.push([items.length, painted]), {
    hidden: () => hidden,
    request: (frame) => {
      run = frame
      return 1
    },
    cancel: () => {},
  })

  queue.push(1)
  queue.push(2)
  run()
  hidden = true
  queue.push(3)
  hidden = false
  for (let item = 0; item < 2000; item++) queue.push(item)

  assert.deepEqual(batches, [[2, true], [1, false], [2000, false]])
})

test("times are relative for a day", () => {
  const now = Date.parse("2026-11-21T12:00:00Z")
  const ago = (/** @type {number} */ seconds) => relativeTime(now - seconds * 1000, now, "en", english)
  assert.deepEqual([-3, 12, 240, 7200].map(ago), ["now", "12 s", "4 min", "2 h"])
  assert.match(ago(3 * 86_400), /Nov 18/)
})

test("a draft was saved some time ago, or on a day", () => {
  const now = Date.parse("2026-11-21T12:00:00Z")
  const saved = (/** @type {number} */ seconds) => savedAgo(now - seconds * 1000, now, "en", english)
  assert.equal(saved(240), "Saved 4 min ago")
  assert.equal(saved(86_399), "Saved 23 h ago")
  assert.match(saved(86_400), /^Saved on Nov 20$/)
})

test("what did not come is asked for again, and what came is kept", async () => {
  let asked = 0
  const fetch = once(() => {
    asked += 1
    return asked === 1 ? Promise.reject(new Error("no network")) : Promise.resolve(asked)
  })
  await assert.rejects(fetch(), /no network/)
  assert.equal(await fetch(), 2)
  assert.equal(await fetch(), 2)
})

test("a browser that cannot tell when it is idle does it soon", async () => {
  assert.equal("requestIdleCallback" in globalThis, false)
  await new Promise((done) => whenIdle(() => done(null), { timeout: 2_000 }))
})

test("no line is longer than 120 characters", () => {
  for (const folder of ["realtime", "overlay", "dashboard", "tests"]) {
    for (const file of /** @type {string[]} */ (readdirSync(new URL(`${folder}/`, web), { recursive: true }))) {
      if (!/\.(js|css)$/.test(file)) continue
      const lines = readFileSync(new URL(`${folder}/${file}`, web), "utf8").split("\n")
      for (const line of lines) assert.ok(line.length <= 120, `${folder}/${file}: ${line}`)
    }
  }
})
