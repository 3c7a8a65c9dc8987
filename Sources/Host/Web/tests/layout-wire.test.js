// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { blame, edited, equal, isSame, putBody, valueAt, WidgetIds } from "../dashboard/model/layout-wire.js"

/**
 * @param {string} id
 * @param {Record<string, unknown>} [config]
 */
function widget(id, config = {}) {
  return {
    id,
    type: "chat",
    config,
    position: { x: 0, y: 0, width: 1, height: 1 },
    zIndex: 0,
    visible: true,
    locked: false,
  }
}

/**
 * @param {string[]} ids
 * @returns {import("../dashboard/model/layout-wire.js").StoredLayout}
 */
function stored(...ids) {
  const grid = { columns: 12, rows: 9, gap: 0 }
  const widgets = ids.map((id) => widget(id))
  return {
    id: "l",
    name: "Main",
    isDefault: true,
    mode: "grid",
    grid,
    themeId: "t",
    widgets,
    version: 3,
    updatedAt: "",
  }
}

/** @param {ReturnType<typeof putBody>} body */
const idsOf = (body) => body.widgets.map((one) => ("id" in one ? one.id : null))

test("a widget of the host keeps its id, a new one goes without until the host has given it one", () => {
  const ids = new WidgetIds()
  ids.learn(stored("1"), null)
  const layout = edited(stored("1"))
  const more = {
    ...layout,
    widgets: [...layout.widgets, { ...layout.widgets[0], key: "new-a" }, { ...layout.widgets[0], key: "new-b" }],
  }
  assert.deepEqual(idsOf(putBody(more, ids, 3)), ["1", null, null])

  // In whatever order they are answered: ids that were given later are greater.
  const draft = stored("9", "1", "8")
  ids.take(more, draft)
  ids.learn(stored("1"), draft)
  assert.deepEqual(idsOf(putBody(more, ids, 3)), ["1", "8", "9"])
  assert.equal(putBody(more, ids, 3).version, 3)
})

test("a widget that undo brings back goes without the id that the host has forgotten", () => {
  const ids = new WidgetIds()
  const layout = edited(stored("1", "2"))
  ids.learn(stored("1"), stored("1", "2"))
  assert.deepEqual(idsOf(putBody(layout, ids, 3)), ["1", "2"])
  ids.learn(stored("1"), stored("1"))
  assert.deepEqual(idsOf(putBody(layout, ids, 3)), ["1", null])
  // One that is on air has its id for ever.
  ids.learn(stored("1"), stored())
  assert.deepEqual(idsOf(putBody(layout, ids, 3)), ["1", null])
})

test("ids outlive a page that loads again", () => {
  const ids = new WidgetIds()
  ids.learn(stored(), null)
  const layout = { ...edited(stored()), widgets: [{ ...edited(stored("1")).widgets[0], key: "new" }] }
  ids.take(layout, stored("7"))
  const later = new WidgetIds()
  later.restore(ids.entries)
  later.learn(stored(), stored("7"))
  assert.equal(later.idOf("new"), "7")
})

test("a layout is the same whatever the order of widgets and settings", () => {
  const ids = new WidgetIds()
  const host = stored("1", "2")
  host.widgets[0].config = { a: 1, b: [1, { c: null }] }
  ids.learn(host, null)
  const layout = edited(host)
  const mine = {
    ...layout,
    widgets: [layout.widgets[1], { ...layout.widgets[0], config: { b: [1, { c: null }], a: 1 } }],
  }
  assert.equal(isSame(mine, host, ids), true)
  assert.equal(isSame({ ...mine, themeId: "other" }, host, ids), false)
  assert.equal(isSame({ ...mine, widgets: mine.widgets.slice(1) }, host, ids), false)
  const changed = { ...mine.widgets[1], config: { a: 1, b: [1, { c: 0 }] } }
  assert.equal(isSame({ ...mine, widgets: [mine.widgets[0], changed] }, host, ids), false)
})

test("a refused setting is laid to the widget that holds it", () => {
  const widgets = [
    { ...edited(stored("1")).widgets[0], key: "a", config: { size: 5, messages: [{ text: "x" }] } },
    { ...edited(stored("1")).widgets[0], key: "b", config: { size: 6, messages: [{ text: "" }] } },
  ]
  const refusals = [{ field: "messages[0].text", value: "", wanted: "a text" }, {
    field: "gone",
    value: null,
    wanted: "one",
  }]
  const found = blame(refusals.slice(0, 1), widgets)
  assert.deepEqual([...found.keys()], ["b"])
  assert.deepEqual([...blame(refusals.slice(1), widgets).keys()], ["a", "b"])
})

test("paths lead through lists and objects, and to nothing where there is nothing", () => {
  const config = { messages: [{ text: "hi" }], constructor: 1 }
  assert.equal(valueAt(config, "messages[0].text"), "hi")
  assert.equal(valueAt(config, "messages[1].text"), null)
  assert.equal(valueAt(config, "constructor"), 1)
  assert.equal(valueAt({}, "constructor"), null)
})

test("an empty list is no empty object", () => {
  assert.equal(equal([], {}), false)
  assert.equal(equal({ a: undefined }, { b: 1 }), false)
  assert.equal(equal(null, {}), false)
  assert.equal(equal([1, [2]], [1, [2]]), true)
})
