// @ts-check
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { troubleOf } from "../dashboard/model/platforms.js"

test("what a connection is in trouble with is named, and nothing where it works or somebody has to sign in", () => {
  assert.equal(troubleOf({ status: "connected", trouble: null }), null)
  assert.equal(troubleOf({ status: "connected" }), null)
  assert.equal(troubleOf({ status: "connected", trouble: "chat" }), "chat")
  assert.equal(troubleOf({ status: "connected", trouble: "refused" }), "refused")
  assert.equal(troubleOf({ status: "connecting", trouble: "events" }), "events")
  assert.equal(troubleOf({ status: "connecting", trouble: "answers" }), "answers")
  assert.equal(troubleOf({ status: "connecting" }), "answers", "a host that does not say which")
  assert.equal(troubleOf({ status: "connecting", trouble: "of tomorrow" }), "answers")
  assert.equal(troubleOf({ status: "needs-login", trouble: "events" }), null, "that is said otherwise")
  assert.equal(troubleOf({ status: "needs-login", trouble: "refused" }), null)
  assert.equal(troubleOf({ status: "off", trouble: "events" }), null)
})

test("each trouble has a sentence in every language", () => {
  for (const language of ["en", "de"]) {
    const words = JSON.parse(readFileSync(new URL(`../locales/${language}.json`, import.meta.url), "utf8"))
    for (const trouble of ["events", "chat", "refused", "answers"]) {
      assert.match(words[`home.trouble-${trouble}`], /\{platform\}/)
    }
  }
})
