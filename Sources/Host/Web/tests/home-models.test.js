// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { changesAlerts, pastAlerts, remember } from "../dashboard/model/alert-board.js"
import { checklistStep, isTestShown, PUT_AWAY, readSetup, STEPS, stepsOf } from "../dashboard/model/checklist.js"
import { greetingOf } from "../dashboard/model/greeting.js"
import { LiveNumbers, readBack } from "../dashboard/model/live-numbers.js"
import { STARTERS, widgetsOf } from "../dashboard/model/starters.js"
import { testPayload, testProblem } from "../dashboard/model/test-event.js"

/** @typedef {import("../dashboard/model/event-sentence.js").CanonicalEvent} CanonicalEvent */

/**
 * @param {number} seq
 * @param {string} type
 * @param {number} at milliseconds
 * @returns {CanonicalEvent}
 */
const event = (seq, type, at, test = false) => ({
  id: `e${seq}`,
  seq,
  type,
  platform: "twitch",
  occurredAt: new Date(at).toISOString(),
  test,
  payload: {},
})
const noon = new Date(2026, 10, 22, 12).getTime()

test("the greeting follows the clock, and every hour has one", () => {
  const said = Array.from({ length: 24 }, (_, hour) => greetingOf(hour))
  assert.deepEqual([said[4], said[5], said[11], said[12], said[17], said[18]], [
    "evening",
    "morning",
    "morning",
    "afternoon",
    "afternoon",
    "evening",
  ])
})

test("messages older than ten minutes and events of yesterday are not counted, nor are test events", () => {
  const numbers = new LiveNumbers()
  const minute = 60_000
  numbers.begin(
    [event(4, "chat:message", noon - minute), event(3, "chat:message", noon - 10 * minute - 1)],
    [event(2, "event:follow", noon - 2 * minute, true), event(1, "event:follow", noon - 13 * 60 * minute)],
    { messages: false, events: true },
  )
  assert.deepEqual(numbers.at(noon), { messages: 1, events: 0, isCut: { messages: false, events: false } })
  numbers.add(event(5, "event:tip", noon))
  numbers.add(event(6, "event:tip", noon, true))
  numbers.add(event(7, "chat:message", noon))
  numbers.add(event(8, "stream:online", noon))
  assert.deepEqual(numbers.at(noon), { messages: 2, events: 1, isCut: { messages: false, events: false } })
  assert.equal(numbers.at(noon + 9 * minute + 1).messages, 1)
  assert.equal(numbers.at(noon + 12 * 60 * minute).events, 0)
})

test("reading back stops at the moment it is asked for, and says when there is more than it reads", async () => {
  const all = Array.from({ length: 3000 }, (_, index) => event(3000 - index, "chat:message", noon - index * 1000))
  const read = (/** @type {number} */ before, /** @type {number} */ limit) =>
    Promise.resolve(all.filter(({ seq }) => seq < before).slice(0, limit))
  const some = await readBack(read, noon - 700_000)
  assert.deepEqual([some.events.length, some.isCut], [701, false])
  const most = await readBack(read, 0)
  assert.deepEqual([most.events.length, most.isCut], [2000, true])
})

test("every state of the set-up fits into the one number that the host keeps", () => {
  for (let step = 0; step < 4; step += 1) assert.deepEqual(readSetup(step), { page: step })
  for (let step = 4; step < 20; step += 1) {
    const place = readSetup(step)
    assert.ok(place && "skipped" in place)
    assert.equal(checklistStep(place.skipped), step)
  }
  assert.deepEqual(readSetup(checklistStep(STEPS)), { skipped: new Set(STEPS) })
  assert.equal(readSetup(PUT_AWAY), null)
})

test("a step is done only when it has happened, and then it is not skipped", () => {
  const facts = { platforms: 1, layoutVersion: 1, hasConnected: true, hasShown: false }
  const steps = stepsOf(facts, new Set(/** @type {const} */ (["platform", "obs"])))
  assert.deepEqual(steps.map(({ isDone, isSkipped }) => [isDone, isSkipped]), [
    [false, true],
    [false, false],
    [true, false],
    [false, false],
  ])
})

test("a test event counts as seen when a page has shown it or the log says so, not before", () => {
  assert.equal(isTestShown([], [9], [9]), false)
  assert.equal(isTestShown([5], [4, null], [4]), false)
  assert.equal(isTestShown([5], [null, 5], []), true)
  assert.equal(isTestShown([5], [], [5]), true)
})

test("a starter layout fits the grid, overlaps nothing and keeps the widgets that are there", () => {
  for (const { name, widgets } of STARTERS) {
    const taken = new Set()
    for (const { position: { x, y, width, height } } of widgets) {
      assert.ok(x >= 0 && y >= 0 && x + width <= 12 && y + height <= 9, name)
      for (let column = x; column < x + width; column += 1) {
        for (let row = y; row < y + height; row += 1) {
          assert.ok(!taken.has(`${column} ${row}`), `${name}: ${column} ${row}`)
          taken.add(`${column} ${row}`)
        }
      }
    }
  }
  const present = [{ id: "1", type: "chat" }, { id: "2", type: "weather" }, { id: "3", type: "events" }]
  const widgets = widgetsOf(present, STARTERS[0])
  assert.deepEqual(widgets.map((widget) => [widget.type, "id" in widget ? widget.id : null]), [
    ["events", "3"],
    ["chat", "1"],
    ["goals", null],
    ["tips", null],
  ])
})

test("a test event carries what was typed, and leaves the rest to the sample", () => {
  const empty = { name: "", amount: "", message: "", count: "" }
  assert.deepEqual(testPayload("event:tip", empty), {})
  assert.deepEqual(testPayload("event:tip", { name: " Ada ", amount: "12,50", message: "<b>", count: "7" }), {
    user: { id: "test-ada", login: "ada", displayName: "Ada" },
    amount: { minor: 1250, currency: "EUR" },
    message: "<b>",
  })
  assert.deepEqual(testPayload("event:raid", { ...empty, amount: "5", count: "7" }), { viewers: 7 })
  assert.deepEqual(testPayload("chat:message", { ...empty, message: "hi" }), { text: "hi" })
  assert.deepEqual(
    ["", "0.01", "0", "1000000", "1000000.01", "-1", "1e3", "ten"].map((text) => testProblem("amount", text)),
    [null, null, "problem-amount", null, "problem-amount", "problem-amount", "problem-amount", "problem-amount"],
  )
  assert.deepEqual(["1", "1.5", "0"].map((text) => testProblem("count", text)), [
    null,
    "problem-count",
    "problem-count",
  ])
})

test("what waits is not past, and only alerts are remembered", () => {
  const [first, second, third] = [1, 2, 3].map((seq) => event(seq, "event:follow", noon))
  let known = remember([first], second)
  known = remember(known, third)
  known = remember(known, event(4, "event:hype", noon))
  assert.deepEqual(pastAlerts(known, { paused: false, current: third, waiting: [first] }), [second])
  assert.ok(["alert:shown", "event:tip", "overlay:presence", "chat:clear"].every(changesAlerts))
  assert.ok(!changesAlerts("chat:message"))
})
