// @ts-check
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { NumberTiles } from "../dashboard/home/numbers.js"

/** @type {Map<string, {textContent: string}>} */
let elements
/** @type {{path: string, answer: (text: string) => void}[]} what was asked, each with what answers it */
let asked
const { fetch: realFetch } = globalThis

beforeEach(() => {
  elements = new Map(["goal-label", "number-goal"].map((id) => [id, { textContent: "" }]))
  asked = []
  const page = {
    documentElement: { lang: "en" },
    body: { dataset: {} },
    getElementById: (/** @type {string} */ id) => elements.get(id) ?? null,
  }
  Object.assign(globalThis, {
    document: page,
    fetch: (/** @type {string} */ path) =>
      new Promise((resolve) => {
        const answer = (/** @type {string} */ text) => {
          resolve({ ok: true, status: 200, json: () => Promise.resolve({ data: { label: "Followers", text } }) })
        }
        asked.push({ path, answer })
      }),
  })
  Object.defineProperty(globalThis, "navigator", { value: { language: "en" }, configurable: true })
  mock.timers.enable({ apis: ["setTimeout"] })
})

afterEach(() => {
  mock.timers.reset()
  Object.assign(globalThis, { document: undefined, fetch: realFetch })
})

/**
 * @param {string} type
 * @param {boolean} [isTest]
 * @returns {any}
 */
const event = (type, isTest = false) => ({
  id: "e",
  seq: 1,
  type,
  platform: "twitch",
  occurredAt: "2026-11-22T12:00:00.000Z",
  test: isTest,
  payload: {},
})

/** Lets everything run that waits for nothing but its turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

test("a platform's number brings one look at the goal, a moment later", async () => {
  const tiles = new NumberTiles()

  tiles.add(event("stats:counts"))
  mock.timers.tick(999)
  assert.equal(asked.length, 0)
  mock.timers.tick(1)

  assert.deepEqual(asked.map(({ path }) => path), ["/dashboard/goal"])
  asked[0].answer("1,280 / 2,000")
  await turn()
  assert.equal(elements.get("number-goal")?.textContent, "1,280 / 2,000")
})

test("what moves no goal brings no look", () => {
  const tiles = new NumberTiles()

  for (const type of ["chat:message", "stream:online", "alert:shown"]) tiles.add(event(type))
  tiles.add(event("stats:counts", true))
  mock.timers.tick(60_000)

  assert.equal(asked.length, 0)
})

test("a wave of follows is looked at once a second, and not only when it is over", () => {
  const tiles = new NumberTiles()

  for (let second = 0; second < 10; second += 0.5) {
    tiles.add(event("event:follow"))
    mock.timers.tick(500)
  }

  assert.equal(asked.length, 10)
})

test("an answer that comes late takes nothing back", async () => {
  const tiles = new NumberTiles()
  for (let look = 0; look < 2; look += 1) {
    tiles.add(event("stats:counts"))
    mock.timers.tick(1000)
  }

  asked[1].answer("1,281 / 2,000")
  await turn()
  asked[0].answer("1,280 / 2,000")
  await turn()

  assert.equal(elements.get("number-goal")?.textContent, "1,281 / 2,000")
})
