// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { showNumber } from "../dashboard/elements/number-field.js"

function field() {
  return /** @type {HTMLInputElement} */ (/** @type {unknown} */ ({ value: "", defaultValue: "" }))
}

/** @param {HTMLInputElement | null} activeElement */
function focus(activeElement) {
  const page = /** @type {any} */ (globalThis)
  page.document = { activeElement }
}

test("a number that somebody types is not written over, and what came meanwhile is shown afterwards", () => {
  const input = field()
  focus(null)
  showNumber(input, 3)
  focus(input)
  input.value = "1"
  showNumber(input, 5)
  assert.equal(input.value, "1")
  focus(null)
  showNumber(input, 5)
  assert.equal(input.value, "5")
})

test("a field that is only looked at follows, also after what was typed there was taken", () => {
  const input = field()
  focus(input)
  showNumber(input, 3)
  assert.equal(input.value, "3")
  input.value = "12"
  showNumber(input, 12)
  showNumber(input, 4)
  assert.equal(input.value, "4")
})
