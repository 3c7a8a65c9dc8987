// @ts-check
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { platformTitle, TIP_SERVICES } from "../dashboard/model/platforms.js"
import { deliveredAgo, mayBeSecret, sourceNames } from "../dashboard/model/tip-services.js"
import { speaker } from "../dashboard/model/words.js"

const read = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../locales/${name}.json`, import.meta.url), "utf8"))
const [english, german] = ["en", "de"].map((name) => speaker(read(name), name))
const noon = Date.UTC(2026, 10, 22, 12)

test("the last delivery is told as one speaks of it, and none is told as none", () => {
  const ago = (/** @type {number} */ seconds, say = english) =>
    deliveredAgo(new Date(noon - seconds * 1000).toISOString(), noon, "en-GB", say)

  assert.equal(deliveredAgo(null, noon, "en-GB", english), "Nothing yet")
  assert.equal(ago(4), "Last delivery just now")
  // The host's clock may be a little ahead.
  assert.equal(ago(-30), "Last delivery just now")
  assert.equal(ago(5), "Last delivery 5 s ago")
  assert.equal(ago(240), "Last delivery 4 min ago")
  assert.equal(ago(86_399), "Last delivery 23 h ago")
  assert.equal(ago(86_400), "Last delivery on 21 Nov")
  assert.equal(ago(240, german), "Letzte Zustellung vor 4 min")
})

test("what a service tells of is said to come from it", () => {
  assert.deepEqual(["kofi", "kick", "later"].map(platformTitle), ["Ko-fi", "Kick", "later"])
})

test("two sources of one service are told apart", () => {
  const source = (/** @type {string} */ id, /** @type {string} */ service) => ({
    id,
    service,
    address: "https://overlays.example/a",
    lastDeliveryAt: null,
  })
  const names = sourceNames([source("1", "kofi"), source("2", "stripe"), source("3", "kofi"), source("4", "later")])

  assert.deepEqual([...names], [["1", "Ko-fi"], ["2", "Stripe"], ["3", "Ko-fi 2"], ["4", "later"]])
})

test("blanks are no secret, and Stripe's has its beginning", () => {
  for (const service of TIP_SERVICES.keys()) assert.equal(mayBeSecret(service, "  "), false, service)
  for (const service of ["kofi", "buymeacoffee"]) assert.equal(mayBeSecret(service, " a-token "), true, service)
  assert.equal(mayBeSecret("stripe", "\twhsec_abc\n"), true)
  for (const text of ["whsec_", "sk_live_abc", "a whsec_abc"]) assert.equal(mayBeSecret("stripe", text), false, text)
})

test("every service has its words in both languages", () => {
  for (const service of TIP_SERVICES.keys()) {
    for (const part of ["find", "secret", "step", "wanted"]) {
      const key = `services.${part}-${service}`
      assert.notEqual(english(key), key)
      assert.notEqual(german(key), key)
    }
  }
})
