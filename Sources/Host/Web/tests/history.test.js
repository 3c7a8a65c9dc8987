// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { History, STEPS_LIMIT } from "../dashboard/model/history.js"

test("51 changes can be taken back 50 times", () => {
  const history = new History({ step: 0 })
  for (let step = 1; step <= STEPS_LIMIT + 1; step++) history.commit({ step })
  let steps = 0
  while (history.undo()) steps++
  assert.equal(steps, 50)
  assert.deepEqual(history.now, { step: 1 })
  while (history.redo()) steps--
  assert.equal(steps, 0)
  assert.deepEqual(history.now, { step: 51 })
})

test("a new change forgets what was undone", () => {
  const history = new History("a")
  history.commit("b")
  history.undo()
  history.commit("c")
  assert.equal(history.canRedo, false)
  history.undo()
  assert.equal(history.now, "a")
})

test("nudges of one widget are one step, until something else happens", () => {
  const history = new History(0)
  history.commit(1, "move chat")
  history.commit(2, "move chat")
  history.commit(3, "move tips")
  history.commit(4, "move chat")
  assert.equal(history.undoSteps, 3)
  history.undo()
  history.undo()
  assert.equal(history.now, 2)
  history.undo()
  assert.equal(history.now, 0)
})

test("after an undo or a seal the same nudge is a step of its own", () => {
  const history = new History(0)
  history.commit(1, "move")
  history.seal()
  history.commit(2, "move")
  assert.equal(history.undoSteps, 2)
  history.undo()
  history.commit(3, "move")
  assert.equal(history.undoSteps, 2)
  history.undo()
  assert.equal(history.now, 1)
})

test("what changes nothing is no step", () => {
  const document = {}
  const history = new History(document)
  history.commit(document)
  assert.equal(history.canUndo, false)
  assert.equal(history.undo(), false)
  assert.equal(history.redo(), false)
})
