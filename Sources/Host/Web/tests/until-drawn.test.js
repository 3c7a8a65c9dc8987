// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { untilDrawn } from "../dashboard/editor/until-drawn.js"
import { FakeClock } from "./fakes.js"

function waiting() {
  const clock = new FakeClock()
  Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout })
  const frame = new EventTarget()
  const seen = { isOver: false }
  untilDrawn(frame).then(() => seen.isOver = true)
  const isOverAfter = async (/** @type {number} */ milliseconds) => {
    clock.advance(milliseconds)
    await Promise.resolve()
    return seen.isOver
  }
  return { frame, isOverAfter }
}

test("a picture is taken when the samples have been drawn", async () => {
  const { frame, isOverAfter } = waiting()
  assert.equal(await isOverAfter(9_000), false)
  frame.dispatchEvent(new Event("greeted"))
  assert.equal(await isOverAfter(1_100), false)
  assert.equal(await isOverAfter(100), true)
})

test("what was drawn before its turn came is waited for no longer", async () => {
  const { frame, isOverAfter } = waiting()
  frame.dispatchEvent(new Event("greeted"))
  assert.equal(await isOverAfter(1_200), true)
})

test("a frame that leaves the page, or never connects, holds up nobody", async () => {
  const first = waiting()
  first.frame.dispatchEvent(new Event("gone"))
  assert.equal(await first.isOverAfter(0), true)
  const second = waiting()
  assert.equal(await second.isOverAfter(9_900), false)
  assert.equal(await second.isOverAfter(100), true)
})
