// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { speaker } from "../dashboard/model/words.js"

test("a sentence carries its arguments, numbers as the language writes them", () => {
  const words = { "editor.moved": "{name}: column {column}", "home.viewers": "{count} Zuschauer" }
  assert.equal(speaker(words, "en")("editor.moved", { name: "Chat", column: 3 }), "Chat: column 3")
  assert.equal(speaker(words, "de")("home.viewers", { count: 12000 }), "12.000 Zuschauer")
})

test("one widget is not called widgets", () => {
  const say = speaker({ "n.one": "{count} widget", "n.other": "{count} widgets" }, "en")
  assert.deepEqual([0, 1, 2].map((count) => say("n", { count })), ["0 widgets", "1 widget", "2 widgets"])
})

test("what an argument holds is not searched for arguments again, and a missing one is left standing", () => {
  const say = speaker({ hello: "Hello {name}, {more}" }, "en")
  assert.equal(say("hello", { name: "{more}" }), "Hello {more}, {more}")
  assert.equal(say("no.such.key"), "no.such.key")
})

test("a name that turns its direction round turns nothing around it", () => {
  const say = speaker({ followed: "{name} followed" }, "en")
  assert.equal(say("followed", { name: "Aurora99" }), "Aurora99 followed")
  assert.equal(say("followed", { name: "\u202egpj.exe" }), "\u2068\u202egpj.exe\u2069 followed")
  assert.equal(say("followed", { name: "\u2069\u202eabc" }), "\u2068\u202eabc\u2069 followed")
  assert.equal(say("followed", { name: "\u2067abc" }), "\u2068\u2067abc\u2069\u2069 followed")
})
