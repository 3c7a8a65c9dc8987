// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { ShortcutKeys } from "../dashboard/model/shortcut-keys.js"

test("two letters lead to a page, if the second comes in time", () => {
  const keys = new ShortcutKeys()
  assert.equal(keys.press("g", 0), null)
  assert.deepEqual(keys.press("l", 1_500), { go: "/dashboard/overlay" })
  keys.press("g", 10_000)
  assert.equal(keys.press("h", 11_501), null)
})

test("t alone sends a test event, after g it is the way to the theme", () => {
  const keys = new ShortcutKeys()
  assert.deepEqual(keys.press("t", 0), { run: "test" })
  keys.press("g", 100)
  assert.deepEqual(keys.press("t", 200), { go: "/dashboard/theme" })
  assert.deepEqual(keys.press("t", 300), { run: "test" })
})

test("a letter that leads nowhere ends the way", () => {
  const keys = new ShortcutKeys()
  keys.press("g", 0)
  assert.equal(keys.press("x", 100), null)
  assert.equal(keys.press("h", 200), null)
  assert.deepEqual(keys.press("?", 300), { run: "sheet" })
})
