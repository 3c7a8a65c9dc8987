// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { Troubles } from "../dashboard/editor/troubles.js"
import { FakeClock } from "./fakes.js"

/** A host that says so of each widget, by its id. @type {Map<string, object>} */
const host = new Map()
const clock = new FakeClock()
const page = /** @type {any} */ (globalThis)
page.fetch = (/** @type {string} */ path) => Promise.resolve(Response.json({ data: host.get(path.split("/")[3]) }))
page.setTimeout = clock.setTimeout
page.clearTimeout = clock.clearTimeout
// What announces that there is trouble needs a page.
page.document = {
  hidden: false,
  documentElement: { lang: "en" },
  body: { dataset: {}, append() {} },
  createElement: () => ({ isConnected: true, append() {}, setAttribute() {} }),
  getElementById: () => null,
  querySelectorAll: () => [],
}
Object.defineProperty(page, "navigator", { value: { language: "en" }, configurable: true })

/** @param {number} used of its budget */
function broken(used, text = "the glass is broken") {
  return {
    state: "stopped",
    error: { kind: "error", message: text, traceback: null },
    log: [{ at: "2026-01-01T00:00:00Z", level: "error", text }],
    budget: { instructions: used },
    since: "2026-01-01T00:00:00Z",
  }
}

async function open() {
  const store = {
    layout: { widgets: [{ key: "a" }, { key: "b" }] },
    typeOf: () => ({ kind: "lua" }),
    nameOf: () => "A",
  }
  const troubles = new Troubles(/** @type {any} */ (store), (key) => key)
  const seen = { changes: 0 }
  troubles.addEventListener("change", () => seen.changes += 1)
  host.set("a", broken(1)).set("b", broken(1))
  await troubles.look()
  return { troubles, seen }
}

test("what only differs in how much of its budget is used is the same trouble", async () => {
  const { troubles, seen } = await open()
  const before = troubles.of("a")
  assert.equal(seen.changes, 1)
  host.set("a", broken(2))
  await troubles.look()
  assert.equal(seen.changes, 1)
  assert.equal(troubles.of("a"), before, "what was drawn of it stays")
  troubles.stop()
})

test("news of one widget leave what is known of another", async () => {
  const { troubles, seen } = await open()
  const before = troubles.of("b")
  host.set("a", broken(2, "the cup is broken"))
  await troubles.look()
  assert.equal(seen.changes, 2)
  assert.equal(troubles.of("a")?.health.error?.message, "the cup is broken")
  assert.equal(troubles.of("b"), before)
  host.set("b", { ...broken(2), state: "running" })
  await troubles.look()
  assert.equal(seen.changes, 3)
  assert.equal(troubles.of("b"), undefined)
  troubles.stop()
})

test("an editor that is gone asks no more, not even after an answer that it waited for", async () => {
  const { troubles } = await open()
  const look = troubles.look()
  troubles.stop()
  await look
  clock.advance(2_000)
  assert.equal(clock.pending, 0)
})
