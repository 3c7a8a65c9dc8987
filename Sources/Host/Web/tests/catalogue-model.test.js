// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { FILTERS, matches, subjects } from "../dashboard/model/catalogue.js"

const poll = {
  name: "Poll",
  description: "Chat votes with numbers.",
  author: "StreamVibes",
  category: "interaction",
  kind: /** @type {const} */ ("lua"),
}

test("every word of a search has to stand somewhere, in whatever case", () => {
  for (
    const search of ["", "  ", "POLL", "votes chat", "streamvibes numbers"]
  ) {
    assert.equal(matches(poll, "all", search), true, search)
  }
  for (const search of ["goal", "poll goal", "votesx"]) {
    assert.equal(matches(poll, "all", search), false, search)
  }
})

test("a chip shows its categories, and mine what is written in Lua", () => {
  const shown = FILTERS.filter((filter) => matches(poll, filter, ""))
  assert.deepEqual(shown, ["all", "games", "mine"])
  assert.equal(matches({ ...poll, kind: "builtin" }, "mine", ""), false)
})

test("what a widget reads is said in subjects, whole families and everything included", () => {
  assert.deepEqual(subjects(["chat:message", "chat:delete", "event:tip"]), [
    "chat",
    "tips",
  ])
  assert.deepEqual(subjects(["event:*"]), [
    "follows",
    "subscriptions",
    "tips",
    "raids",
    "redemptions",
  ])
  assert.equal(subjects(["*"]).length, 8)
  assert.deepEqual(
    subjects(["stream:online", "overlay:presence", "alert:skip"]),
    ["stream"],
  )
  assert.deepEqual(subjects([]), [])
})
