// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { ApiError, SignedOut } from "../dashboard/model/api.js"
import { LayoutSession } from "../dashboard/model/layout-session.js"
import { ChangedElsewhere, verdictOf } from "../dashboard/model/layout-verdict.js"

/** A host with one layout, as the API answers, and a tab's storage. */
function stand() {
  const grid = { columns: 12, rows: 9, gap: 0 }
  const position = { x: 0, y: 0, width: 1, height: 1 }
  const chat = { id: "1", type: "chat", config: {}, position, zIndex: 0, visible: true, locked: false }
  const host = {
    calls: /** @type {string[]} */ ([]),
    layout:
      /** @type {any} */ ({ id: "l", mode: "grid", grid, themeId: "t", widgets: [chat], version: 3, updatedAt: "a" }),
    draft: /** @type {any} */ (null),
    fault: /** @type {any} */ (null),
    ids: 10,
    clock: 0,
  }
  const stamp = () => `moment ${++host.clock}`
  const withIds = (/** @type {any[]} */ widgets) => widgets.map((one) => ({ ...one, id: one.id ?? String(++host.ids) }))
  const api = async (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ body) => {
    host.calls.push(`${method} ${path}`)
    await Promise.resolve()
    if (host.fault) throw host.fault
    if (body && body.version !== host.layout.version) throw new ApiError(409, "CONFLICT", "stale")
    const isDraft = path.includes("/draft")
    if (method === "GET") return structuredClone(isDraft ? host.draft ?? host.layout : host.layout)
    if (method === "DELETE") return host.draft = null
    const widgets = withIds(body.widgets ?? host.layout.widgets)
    const made = { ...host.layout, ...body, widgets, updatedAt: stamp() }
    if (isDraft) return host.draft = made
    host.draft = null
    return host.layout = { ...made, version: host.layout.version + 1 }
  }
  /** @type {Map<string, string>} */
  const stored = new Map()
  const storage = {
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void stored.set(key, text),
    removeItem: (/** @type {string} */ key) => void stored.delete(key),
  }
  const time = { now: 0 }
  const states = /** @type {string[]} */ ([])
  const session = () =>
    new LayoutSession(structuredClone(host.layout), {
      api,
      storage,
      tell: (state) => states.push(state),
      now: () => time.now,
      later: () => 0,
      cancel: () => {},
    })
  return { host, session, stored, time, states, stamp }
}

/**
 * @param {import("../dashboard/model/layout.js").EditedLayout} layout
 * @param {number} x
 */
function movedTo(layout, x) {
  return { ...layout, widgets: layout.widgets.map((one) => ({ ...one, position: { ...one.position, x } })) }
}

test("a change is saved as a draft, and nothing goes on air", async () => {
  const { host, session, stored } = stand()
  const work = session()
  const { layout, isRestored } = await work.open()
  assert.equal(isRestored, false)
  assert.equal(work.isUnpublished(layout), false)
  const after = movedTo(layout, 5)
  work.change(after)
  assert.equal(stored.size, 1)
  await work.saver.flush()
  assert.equal(host.draft.widgets[0].position.x, 5)
  assert.equal(host.layout.widgets[0].position.x, 0)
  assert.equal(work.isUnpublished(after), true)
  assert.equal(stored.size, 0, "what is on the host needs no keeping")
})

test("a draft is there again when the page is opened again", async () => {
  const { session } = stand()
  const first = session()
  first.change(movedTo((await first.open()).layout, 5))
  await first.saver.flush()
  const { layout, isRestored, isChangedElsewhere } = await session().open()
  assert.deepEqual([layout.widgets[0].position.x, isRestored, isChangedElsewhere], [5, false, false])
})

test("publishing puts the layout on air and ends the draft", async () => {
  const { host, session, stored, states } = stand()
  const work = session()
  const after = movedTo((await work.open()).layout, 5)
  work.change(after)
  await work.publish(after)
  assert.equal(host.layout.widgets[0].position.x, 5)
  assert.equal(host.layout.version, 4)
  assert.deepEqual([host.draft, stored.size, work.saver.isUnsaved, states.at(-1)], [null, 0, false, "saved"])
  assert.equal(work.isUnpublished(after), false)
  // The next change is saved over the new version.
  work.change(movedTo(after, 6))
  await work.saver.flush()
  assert.equal(host.draft.version, 4)
})

test("a new widget keeps one id from the draft until it is on air", async () => {
  const { host, session } = stand()
  const work = session()
  const { layout } = await work.open()
  const after = { ...layout, widgets: [...layout.widgets, { ...layout.widgets[0], key: "new", type: "poll" }] }
  work.change(after)
  await work.saver.flush()
  assert.equal(work.idOf("new"), "11")
  work.change(movedTo(after, 2))
  await work.saver.flush()
  await work.publish(movedTo(after, 2))
  assert.deepEqual(host.layout.widgets.map((/** @type {any} */ one) => one.id), ["1", "11"])
})

test("what is as it was before needs no draft", async () => {
  const { host, session } = stand()
  const work = session()
  const { layout } = await work.open()
  work.change(movedTo(layout, 5))
  await work.saver.flush()
  work.change(movedTo(layout, 0))
  await work.saver.flush()
  assert.equal(host.draft, null)
  assert.equal(work.isUnpublished(layout), false)
})

test("a session that ends loses nothing: the next page of this tab goes on", async () => {
  const { host, session, states } = stand()
  const work = session()
  const after = movedTo((await work.open()).layout, 5)
  host.fault = new SignedOut()
  work.change(after)
  await work.saver.flush()
  assert.equal(states.at(-1), "signed-out")
  host.fault = null
  const next = session()
  const { layout, isRestored, isChangedElsewhere } = await next.open()
  assert.deepEqual([layout, isRestored, isChangedElsewhere], [after, true, false])
  next.change(layout)
  await next.saver.flush()
  assert.equal(host.draft.widgets[0].position.x, 5)
})

test("what was kept is asked about when the host has something newer", async () => {
  const { host, session } = stand()
  const work = session()
  host.fault = new ApiError(0, "UNREACHABLE", "")
  await assert.rejects(work.open())
  host.fault = null
  work.change(movedTo((await work.open()).layout, 5))
  host.layout = { ...host.layout, version: 4, updatedAt: "b" }
  assert.equal((await session().open()).isChangedElsewhere, true)
})

test("a draft that was made from an older layout is asked about", async () => {
  const { host, session } = stand()
  const work = session()
  work.change(movedTo((await work.open()).layout, 5))
  await work.saver.flush()
  host.layout = { ...host.layout, version: 4, updatedAt: "b" }
  assert.equal((await session().open()).isChangedElsewhere, true)
})

test("two pages that edit the same draft do not overwrite each other unasked", async () => {
  const { host, session, time, states } = stand()
  const [one, two] = [session(), session()]
  const mine = movedTo((await one.open()).layout, 5)
  const theirs = movedTo((await two.open()).layout, 7)
  two.change(theirs)
  await two.saver.flush()
  time.now += 10_000
  one.change(mine)
  await one.saver.flush()
  assert.equal(states.at(-1), "stale")
  assert.equal(host.draft.widgets[0].position.x, 7)

  await one.keepMine(mine)
  assert.equal(host.draft.widgets[0].position.x, 5)
  time.now += 10_000
  assert.equal((await two.look())?.widgets[0].position.x, 5, "the other page has nothing to lose")
  assert.equal(await two.look(), null)
})

test("publishing over what somebody else has published is asked about, and either may win", async () => {
  const { host, session } = stand()
  const [one, two] = [session(), session()]
  const mine = movedTo((await one.open()).layout, 5)
  await two.publish(movedTo((await two.open()).layout, 7))
  await assert.rejects(one.publish(mine), ChangedElsewhere)
  assert.equal(host.layout.widgets[0].position.x, 7)
  assert.equal((await one.takeTheirs()).widgets[0].position.x, 7)
  await one.keepMine(mine)
  await one.publish(mine)
  assert.equal(host.layout.widgets[0].position.x, 5)
  assert.equal(host.layout.version, 5)
})

test("another name is on the host at once, and the draft stays", async () => {
  const { host, session } = stand()
  const work = session()
  const after = movedTo((await work.open()).layout, 5)
  work.change(after)
  await work.saver.flush()
  await work.rename("New name", after)
  await work.saver.flush()
  assert.equal(host.layout.name, "New name")
  assert.deepEqual([host.layout.widgets[0].position.x, host.draft.widgets[0].position.x], [0, 5])
  assert.deepEqual([host.layout.version, host.draft.version], [4, 4])
})

test("what is changed while a layout is being published is a draft then, and not lost", async () => {
  const { host, session, stored } = stand()
  const work = session()
  const first = movedTo((await work.open()).layout, 5)
  work.change(first)
  const publishing = work.publish(first)
  const second = movedTo(first, 6)
  work.change(second)
  await publishing
  assert.equal(host.layout.widgets[0].position.x, 5)
  assert.deepEqual([work.saver.isUnsaved, stored.size], [true, 1])
  await work.saver.flush()
  assert.equal(host.draft.widgets[0].position.x, 6)
})

test("a publication that fails keeps the draft going", async () => {
  const { host, session } = stand()
  const work = session()
  const after = movedTo((await work.open()).layout, 5)
  work.change(after)
  host.fault = new ApiError(503, "UNAVAILABLE", "")
  await assert.rejects(work.publish(after))
  host.fault = null
  assert.equal(work.saver.isUnsaved, true)
  await work.saver.flush()
  assert.equal(host.draft.widgets[0].position.x, 5)
})

test("a draft can be thrown away", async () => {
  const { host, session, stored } = stand()
  const work = session()
  work.change(movedTo((await work.open()).layout, 5))
  await work.saver.flush()
  assert.equal((await work.discard()).widgets[0].position.x, 0)
  assert.deepEqual([host.draft, stored.size], [null, 0])
})

test("errors mean different things to what is not saved yet", () => {
  assert.equal(verdictOf(new SignedOut()), "signed-out")
  for (const status of [0, 429, 500, 503]) assert.equal(verdictOf(new ApiError(status, "", "")), "retry")
  for (const status of [400, 403, 413]) assert.equal(verdictOf(new ApiError(status, "", "")), "refused")
  for (const status of [404, 409]) assert.equal(verdictOf(new ApiError(status, "", "")), "stale")
})
