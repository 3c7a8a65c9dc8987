// @ts-check
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { eventKind, eventSentence } from "../dashboard/model/event-sentence.js"
import { speaker } from "../dashboard/model/words.js"

const english = speaker(JSON.parse(readFileSync(new URL("../locales/en.json", import.meta.url), "utf8")), "en")

const aurora = { id: "1", login: "aurora99", displayName: "Aurora99" }

/**
 * @param {string} type
 * @param {object} payload
 */
function say(type, payload) {
  const event = { id: "e", seq: 1, platform: "twitch", occurredAt: "", test: false, type, payload }
  return eventSentence(event, "en", english)
}

test("chat reads as in chat", () => {
  assert.equal(say("chat:message", { user: aurora, text: "<b>hi</b>", isAction: false }), "Aurora99: <b>hi</b>")
  assert.equal(say("chat:message", { user: aurora, text: "waves", isAction: true }), "Aurora99 waves")
})

test("a follow names who followed", () => {
  assert.equal(say("event:follow", { user: aurora }), "Aurora99 followed")
  assert.equal(say("event:follow", { user: { login: "bob", displayName: "" } }), "bob followed")
})

test("a subscription tells what is special about it", () => {
  const sub = { user: aurora, kind: "new", tier: "1000", prime: false, months: 1, message: null }
  assert.equal(say("event:subscribe", sub), "Aurora99 subscribed")
  assert.equal(say("event:subscribe", { ...sub, prime: true }), "Aurora99 subscribed with Prime")
  assert.equal(say("event:subscribe", { ...sub, tier: "3000" }), "Aurora99 subscribed at tier 3")
  const renewal = { ...sub, kind: "renewal", months: 6, message: "still here" }
  assert.equal(say("event:subscribe", renewal), "Aurora99 subscribed for 6 months: still here")
})

test("a gift bomb counts, a received gift names both", () => {
  const bomb = { user: null, kind: "gift", gifter: aurora, giftCount: 5 }
  assert.equal(say("event:subscribe", bomb), "Aurora99 gifted 5 subscriptions")
  assert.equal(say("event:subscribe", { ...bomb, gifter: null, giftCount: 1 }), "Someone gifted 1 subscription")
  const received = { user: { displayName: "Bob" }, kind: "gift", gifter: aurora, giftCount: 1 }
  assert.equal(say("event:subscribe", received), "Bob got a subscription from Aurora99")
})

test("tips come from minor units of their own currency", () => {
  const tip = (/** @type {number} */ minor, /** @type {string} */ currency, kind = "donation") =>
    say("event:tip", { user: { displayName: "nightowl" }, amount: { minor, currency }, kind, message: "" })
  assert.equal(tip(500, "EUR"), "nightowl tipped €5.00")
  assert.equal(tip(500, "JPY"), "nightowl tipped ¥500")
  assert.equal(tip(100, "BITS", "bits"), "nightowl cheered 100 bits")
  assert.equal(tip(1, "KICKS", "kicks"), "nightowl sent 1 kick")
  assert.equal(tip(250, "not a code"), "nightowl tipped 2.5 not a code")
})

test("an anonymous tip is from someone", () => {
  const tip = { user: null, amount: { minor: 100, currency: "USD" }, kind: "donation", message: "gg" }
  assert.equal(say("event:tip", tip), "Someone tipped $1.00: gg")
})

test("raids and redemptions", () => {
  assert.equal(say("event:raid", { user: aurora, viewers: 12 }), "Raid of 12 by Aurora99")
  assert.equal(
    say("event:redemption", { user: aurora, reward: { title: "Hydrate" }, input: "" }),
    "Aurora99 redeemed Hydrate",
  )
})

test("the stream's own events need nobody", () => {
  assert.equal(say("stream:online", {}), "The stream started")
  assert.equal(say("stream:offline", {}), "The stream ended")
  assert.equal(
    say("stream:update", { title: "Late night", category: "Chess" }),
    "The stream is now “Late night” in Chess",
  )
})

test("an event of a later version still shows", () => {
  assert.equal(say("event:hype-train", {}), "Someone: event:hype-train")
  assert.equal(eventKind("event:hype-train"), "other")
  assert.equal(eventKind("stream:online"), "stream")
})
