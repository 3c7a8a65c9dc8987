// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { copyText } from "../dashboard/elements/clipboard.js"

/** @param {object} navigator of the page */
function page(navigator) {
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true })
}

test("a text is copied, and what hinders it is no error", async () => {
  /** @type {string[]} */
  const copied = []
  page({ clipboard: { writeText: (/** @type {string} */ text) => Promise.resolve(copied.push(text)) } })
  assert.equal(await copyText("address"), true)
  assert.deepEqual(copied, ["address"])
  page({ clipboard: { writeText: () => Promise.reject(new Error("not allowed")) } })
  assert.equal(await copyText("address"), false)
})

test("without https there is no clipboard at all", async () => {
  page({})
  assert.equal(await copyText("address"), false)
})
