// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { AlertReports } from "../overlay/alert-reports.js"

function watch() {
  /** @type {(() => void)[]} */
  const frames = []
  /** @type {string[]} */
  const sent = []
  const page = {
    sent,
    frames,
    linked: true,
    reports: new AlertReports(
      ({ widgetId, seq, state }) => report(`${widgetId} ${seq} ${state}`),
      (run) => frames.push(run),
    ),
    /** @param {number[]} seqs */
    look: (...seqs) => page.reports.look(seqs.map((seq) => ({ widgetId: "w", seq }))),
    frame: () => frames.splice(0).forEach((run) => run()),
    paint: () => {
      while (frames.length > 0) page.frame()
    },
  }
  /**
   * @param {string} text
   * @returns {boolean}
   */
  function report(text) {
    if (page.linked) sent.push(text)
    return page.linked
  }
  return page
}

test("an alert is reported when a frame has painted it, and when it is gone", () => {
  const page = watch()

  page.look(7)
  assert.deepEqual(page.sent, [])
  // This frame paints it; only the one after proves that it did.
  page.frame()
  assert.deepEqual(page.sent, [])
  page.frame()
  assert.deepEqual(page.sent, ["w 7 shown"])
  page.look()

  assert.deepEqual(page.sent, ["w 7 shown", "w 7 finished"])
})

test("an alert is reported once, however often its picture is built anew", () => {
  const page = watch()

  for (let picture = 0; picture < 3; picture++) {
    page.look(7)
    page.paint()
  }
  page.look()
  page.look(7)
  page.paint()
  page.look()

  assert.deepEqual(page.sent, ["w 7 shown", "w 7 finished"])
})

test("two widgets that show the same event are two alerts", () => {
  const page = watch()

  page.reports.look([{ widgetId: "a", seq: 7 }, { widgetId: "b", seq: 7 }])
  page.paint()
  page.reports.look([{ widgetId: "b", seq: 7 }])

  assert.deepEqual(page.sent, ["a 7 shown", "b 7 shown", "a 7 finished"])
})

test("a hidden page reports what is still there when it is seen again", () => {
  const page = watch()

  // No frames: nobody sees the first two.
  page.look(1)
  page.look(2)
  page.look(3)
  assert.equal(page.frames.length, 1)
  page.paint()

  assert.deepEqual(page.sent, ["w 3 shown"])
})

test("an alert that goes before its frame was painted was not seen", () => {
  const page = watch()

  page.look(1)
  page.frame()
  page.look()
  page.paint()

  assert.deepEqual(page.sent, [])
})

test("what was to be reported while the link was down is said when it is back", () => {
  const page = watch()
  page.look(1)
  page.paint()

  page.linked = false
  page.look(2)
  page.paint()
  page.linked = true
  page.reports.flush()
  page.reports.flush()

  assert.deepEqual(page.sent, ["w 1 shown", "w 1 finished", "w 2 shown"])
})

test("a page without frames and without a link does not grow", () => {
  const page = watch()
  page.linked = false

  for (let seq = 0; seq < 1000; seq++) {
    page.look(seq)
    page.paint()
  }
  page.linked = true
  page.reports.flush()
  assert.equal(page.sent.length, 64)
  assert.equal(page.sent.at(-1), "w 999 shown")

  for (let seq = 1000; seq < 2000; seq++) page.look(seq)
  assert.equal(page.frames.length, 1)
})
