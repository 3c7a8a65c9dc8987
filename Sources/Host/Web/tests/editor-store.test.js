// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { EditorStore } from "../dashboard/editor/store.js"

/** An editor with two widgets and ears. */
function editor() {
  const type = (
    /** @type {string} */ id,
    /** @type {number} */ width,
    /** @type {number} */ height,
  ) => /** @type {import("../dashboard/model/layout.js").WidgetType} */ (
    /** @type {unknown} */ ({
      id,
      name: id[0].toUpperCase() + id.slice(1),
      defaultSize: { width, height },
      defaults: { a: 1 },
    })
  )
  const widget = (/** @type {string} */ key, /** @type {number} */ x) => ({
    key,
    type: key,
    config: { a: 2 },
    position: { x, y: 0, width: 3, height: 5 },
    zIndex: 0,
    visible: true,
    locked: false,
  })
  const grid = { columns: 12, rows: 9, gap: 0 }
  const store = new EditorStore(
    { mode: "grid", grid, themeId: "t", widgets: [widget("chat", 0), widget("tips", 6)] },
    [type("chat", 3, 5), type("tips", 3, 5), type("poll", 4, 3)],
  )
  let keys = 0
  store.newKey = () => `new ${++keys}`
  /** @type {string[]} */
  const said = []
  const events = { edits: 0, draws: 0 }
  store.addEventListener("say", (event) => {
    const { sentences, isRefusal } = /** @type {CustomEvent} */ (event).detail
    const text = sentences.map((/** @type {any} */ one) => `${one.key} ${Object.values(one.args).join(" ")}`.trim())
      .join("; ")
    said.push((isRefusal ? "! " : "") + text)
  })
  store.addEventListener("edit", () => events.edits++)
  store.addEventListener("draw", () => events.draws++)
  return { store, said, events }
}

test("every step is said: where a widget stands now, or why it does not", () => {
  const { store, said, events } = editor()
  store.move("chat", { x: 1, y: 0 })
  store.resize("chat", { x: 1, y: 1 })
  store.move("chat", { x: 0, y: -1 })
  store.move("chat", { x: 2, y: 0 })
  assert.deepEqual(said, [
    "editor.place-cells Chat 2 1 3 5",
    "editor.place-cells Chat 2 1 4 6",
    "! editor.at-the-edge Chat",
    "! editor.overlaps Tips",
  ])
  assert.equal(events.edits, 2)
  store.undo()
  assert.equal(store.layout.widgets[0].position.x, 0, "nudges in a row are one step")
  assert.equal(said.at(-1), "editor.undone")
})

test("selecting something else begins a new step of undo", () => {
  const { store } = editor()
  store.select("chat")
  store.move("chat", { x: 1, y: 0 })
  store.select("tips")
  store.select("chat")
  store.move("chat", { x: 1, y: 0 })
  store.undo()
  assert.equal(store.layout.widgets[0].position.x, 1)
  store.redo()
  assert.equal(store.layout.widgets[0].position.x, 2)
})

test("what is added is selected, and gone from the selection when it is undone", () => {
  const { store, said } = editor()
  assert.equal(store.add("poll"), true)
  assert.equal(store.selected, "new 1")
  assert.equal(said[0], "editor.added; editor.place-cells Poll 1 6 4 3")
  store.undo()
  assert.equal(store.selected, "")
  store.undo()
  assert.equal(said.at(-1), "editor.nothing-to-undo")
  assert.equal(store.add("unknown"), false)
})

test("after a removal the next widget is selected, and undo brings the removed one back", () => {
  const { store, said } = editor()
  assert.equal(store.remove("chat")?.name, "Chat")
  assert.equal(store.selected, "tips")
  assert.equal(said.at(-1), "editor.removed Chat")
  store.undo()
  assert.deepEqual(store.layout.widgets.map(({ key }) => key), ["chat", "tips"])
})

test("a removed widget comes back by its note, and what was done since then stays", () => {
  const { store } = editor()
  const first = store.remove("chat")
  first?.undo()
  assert.deepEqual(store.layout.widgets.map(({ key }) => key), ["chat", "tips"])
  assert.equal(store.canUndo, false, "right away it is an undo like any other")

  const second = store.remove("chat")
  store.place("tips", { x: 0, y: 0, width: 3, height: 5 })
  second?.undo()
  assert.deepEqual(store.layout.widgets.map(({ key, position }) => [key, position.x]), [["tips", 0], ["chat", 3]])
  assert.equal(store.remove("nobody"), null)
})

test("settings of one field are one step, of two fields are two", () => {
  const { store } = editor()
  store.configure("chat", { a: 3 }, "a")
  store.configure("chat", { a: 4 }, "a")
  store.configure("chat", { a: 4, b: 1 }, "b")
  store.undo()
  assert.deepEqual(store.layout.widgets[0].config, { a: 4 })
  store.undo()
  assert.deepEqual(store.layout.widgets[0].config, { a: 2 })
  store.reset("chat")
  assert.deepEqual(store.layout.widgets[0].config, { a: 1 })
})

test("in a free layout a widget that lies over another is said to, and placed", () => {
  const { store, said } = editor()
  store.setMode("free")
  assert.equal(store.place("chat", { x: 900, y: 0, width: 480, height: 600 }), true)
  assert.equal(said.at(-1), "! editor.place-pixels Chat 900 0 480 600; editor.lies-over Chat Tips")
})

test("layers are counted from the back when they are said", () => {
  const { store, said, events } = editor()
  store.restack("chat", "front")
  assert.equal(said.at(-1), "editor.restacked Chat 2 2")
  store.restack("chat", "forward")
  assert.equal(said.at(-1), "editor.restacked Chat 2 2")
  assert.equal(events.edits, 1, "what is in front already is not changed")
})

test("a widget whose type is gone keeps its place and can be removed", () => {
  const { store } = editor()
  store.types.delete("tips")
  assert.equal(store.nameOf("tips"), "tips")
  assert.equal(store.move("tips", { x: 1, y: 0 }), true)
  store.reset("tips")
  assert.deepEqual(store.layout.widgets[1].config, { a: 2 })
  assert.equal(store.remove("tips")?.name, "tips")
})

test("what somebody else has made of it can be undone", () => {
  const { store } = editor()
  const mine = store.layout
  store.replace({ ...mine, widgets: [] })
  store.undo()
  assert.equal(store.layout, mine)
})

test("a grid that is tried out leads back to where everything stood, and is one step", () => {
  const { store } = editor()
  const before = store.layout.widgets.map(({ position }) => position)
  for (const columns of [13, 7, 5, 12]) assert.equal(store.setGrid({ columns }), true)
  assert.deepEqual(store.layout.widgets.map(({ position }) => position), before)
  store.setGrid({ columns: 24 })
  assert.deepEqual(store.layout.widgets.map(({ position }) => position.x), [0, 12])
  store.undo()
  assert.deepEqual(store.layout.grid.columns, 12)
  assert.equal(store.canUndo, false)
})
