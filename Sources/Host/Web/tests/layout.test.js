// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  collisions,
  freePlace,
  HANDLES,
  moved,
  overlap,
  resized,
  roomiestPlace,
  smallestSize,
  stacked,
  usualSize,
  within,
} from "../dashboard/model/layout.js"
import {
  addWidget,
  changeGrid,
  changeMode,
  changeWidget,
  duplicateWidget,
  placeWidget,
  removeWidget,
  restackWidget,
  widgetNames,
} from "../dashboard/model/layout-edit.js"
import { box, done, layout, type } from "./layout-stand.js"

const GRID = { width: 12, height: 9 }
const ONE = { width: 1, height: 1 }

test("a widget is moved as far as the canvas goes", () => {
  const chat = box(9, 4, 3, 5)
  assert.deepEqual(moved(chat, { x: -1, y: 0 }, GRID), box(8, 4, 3, 5))
  assert.deepEqual(moved(chat, { x: 1, y: 1 }, GRID), chat)
  assert.deepEqual(moved(chat, { x: -100, y: -100 }, GRID), box(0, 0, 3, 5))
  assert.deepEqual(moved(chat, { x: -0.4, y: -0.6 }, GRID), box(9, 3, 3, 5))
})

test("each of the eight handles moves its own edges, and the others stay", () => {
  const start = box(4, 3, 3, 3)
  const wanted = {
    nw: box(3, 2, 4, 4),
    n: box(4, 2, 3, 4),
    ne: box(4, 2, 2, 4),
    e: box(4, 3, 2, 3),
    se: box(4, 3, 2, 2),
    s: box(4, 3, 3, 2),
    sw: box(3, 3, 4, 2),
    w: box(3, 3, 4, 3),
  }
  assert.deepEqual([...HANDLES].sort(), Object.keys(wanted).sort())
  for (const handle of HANDLES) {
    assert.deepEqual(resized(start, handle, { x: -1, y: -1 }, GRID, ONE), wanted[handle], handle)
  }
})

test("no handle draws a widget over the edge of the canvas or below its smallest size", () => {
  for (const handle of HANDLES) {
    for (const far of [-100, 100]) {
      const { x, y, width, height } = resized(box(4, 3, 3, 3), handle, { x: far, y: far }, GRID, {
        width: 2,
        height: 2,
      })
      assert.ok(x >= 0 && y >= 0 && x + width <= 12 && y + height <= 9, `${handle} ${far}`)
      assert.ok(width >= 2 && height >= 2, `${handle} ${far}`)
    }
  }
  assert.deepEqual(resized(box(4, 3, 3, 3), "nw", { x: 100, y: 100 }, GRID, { width: 2, height: 1 }), box(5, 5, 2, 1))
  assert.deepEqual(resized(box(4, 3, 3, 3), "se", { x: 100, y: 100 }, GRID, ONE), box(4, 3, 8, 6))
  assert.deepEqual(resized(box(4, 3, 3, 3), "nw", { x: -100, y: -100 }, GRID, ONE), box(0, 0, 7, 6))
})

test("a widget that is smaller than its type wants may be moved and grown, but not shrunk", () => {
  const small = box(0, 0, 1, 1)
  assert.deepEqual(resized(small, "e", { x: 0, y: 0 }, GRID, { width: 3, height: 3 }), small)
  assert.deepEqual(resized(small, "e", { x: -1, y: 0 }, GRID, { width: 3, height: 3 }), small)
  assert.deepEqual(resized(small, "e", { x: 1, y: 0 }, GRID, { width: 3, height: 3 }), box(0, 0, 2, 1))
})

test("numbers that are typed are brought onto the canvas", () => {
  assert.deepEqual(within(box(11, 8, 3, 3), GRID), box(9, 6, 3, 3))
  assert.deepEqual(within(box(-3, -3, 0, 99), GRID), box(0, 0, 1, 9))
  assert.deepEqual(within(box(0, 0, 1, 1), GRID, { width: 2, height: 3 }), box(0, 0, 2, 3))
})

test("widgets that touch do not overlap", () => {
  const chat = box(3, 3, 3, 3)
  for (const beside of [box(0, 3, 3, 3), box(6, 3, 1, 1), box(3, 0, 3, 3), box(3, 6, 3, 3), box(6, 6, 1, 1)]) {
    assert.equal(overlap(chat, beside), false)
    assert.equal(overlap(beside, chat), false)
  }
  for (const over of [chat, box(4, 4, 1, 1), box(5, 5, 9, 9), box(0, 0, 4, 4), box(0, 4, 12, 1)]) {
    assert.equal(overlap(chat, over), true)
    assert.equal(overlap(over, chat), true)
  }
})

test("in a grid a widget is refused where another stands, and the other is named", () => {
  const main = layout({ chat: [9, 3, 3, 5], goals: [0, 0, 3, 1] })
  const { refusal } = placeWidget(main, "goals", box(9, 7, 3, 1))
  assert.equal(refusal?.key, "editor.overlaps")
  assert.deepEqual(refusal?.others?.map(({ key }) => key), ["chat"])
  const free = done(placeWidget(main, "goals", box(9, 8, 3, 1)))
  assert.deepEqual(free.layout.widgets[1].position, box(9, 8, 3, 1))
  assert.deepEqual(main.widgets[1].position, box(0, 0, 3, 1), "what was there is not changed in place")
})

test("in a free layout a widget may lie over another, which is said", () => {
  const main = layout({ chat: [0, 0, 400, 400], goals: [800, 0, 400, 100] }, "free")
  const over = done(placeWidget(main, "goals", box(399, 399, 400, 100)))
  assert.deepEqual(over.others?.map(({ key }) => key), ["chat"])
  assert.deepEqual(done(placeWidget(main, "goals", box(400, 400, 400, 100))).others, [])
})

test("a locked widget stays where it is", () => {
  const main = done(changeWidget(layout({ chat: [0, 0, 3, 5] }), "chat", { locked: true })).layout
  assert.equal(placeWidget(main, "chat", box(1, 0, 3, 5)).refusal?.key, "editor.is-locked")
})

test("a new widget takes the first free place, row by row", () => {
  const main = layout({ a: [0, 0, 3, 1], b: [4, 0, 8, 2] })
  assert.deepEqual(freePlace(main, { width: 1, height: 1 }), box(3, 0, 1, 1))
  assert.deepEqual(freePlace(main, { width: 4, height: 1 }), box(0, 1, 4, 1))
  assert.deepEqual(freePlace(main, { width: 5, height: 1 }), box(0, 2, 5, 1))
  assert.deepEqual(freePlace(main, { width: 12, height: 7 }), box(0, 2, 12, 7))
  assert.equal(freePlace(main, { width: 12, height: 8 }), null)
})

test("where its usual size has no room, a new widget is as large as it can be", () => {
  const main = layout({ a: [0, 0, 12, 8], b: [0, 8, 10, 1] })
  assert.deepEqual(roomiestPlace(main, { width: 3, height: 5 }, ONE), box(10, 8, 2, 1))
  assert.equal(roomiestPlace(main, { width: 3, height: 5 }, { width: 3, height: 1 }), null)
  const added = done(addWidget(main, type("poll", { width: 4, height: 3 }), "new"))
  assert.deepEqual(added.layout.widgets[2].position, box(10, 8, 2, 1))
  const full = layout({ a: [0, 0, 12, 9] })
  assert.equal(addWidget(full, type("poll", { width: 4, height: 3 }), "new").refusal?.key, "editor.no-room")
})

test("a widget is added with its type's settings, on top of the others", () => {
  const main = layout({ chat: [9, 3, 3, 5] })
  const { layout: after, key } = done(addWidget(main, type("poll", { width: 4, height: 3 }), "new"))
  assert.equal(key, "new")
  assert.deepEqual(after.widgets[1], {
    key: "new",
    type: "poll",
    config: { size: 1 },
    position: box(0, 0, 4, 3),
    zIndex: 1,
    visible: true,
    locked: false,
  })
})

test("a widget that is dropped stands where it was dropped, as far as the canvas goes", () => {
  const main = layout({ chat: [9, 3, 3, 5] })
  const poll = type("poll", { width: 4, height: 3 })
  assert.deepEqual(done(addWidget(main, poll, "new", { x: 5, y: 8 })).layout.widgets[1].position, box(5, 6, 4, 3))
  assert.equal(addWidget(main, poll, "new", { x: 11, y: 8 }).refusal?.key, "editor.overlaps")
})

test("the eleventh widget is refused", () => {
  const places = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`w${index}`, [index, 0, 1, 1]]))
  const ten = layout(places)
  assert.equal(addWidget(ten, type("poll", ONE), "new").refusal?.key, "editor.full-layout")
  assert.equal(duplicateWidget(ten, "w0", "new").refusal?.key, "editor.full-layout")
  const nine = done(removeWidget(ten, "w9")).layout
  assert.equal(done(addWidget(nine, type("poll", ONE), "new")).layout.widgets.length, 10)
})

test("a copy has the same settings and a place of its own", () => {
  const main = done(changeWidget(layout({ chat: [0, 0, 3, 5] }), "chat", { config: { size: 2 }, locked: true })).layout
  const copy = done(duplicateWidget(main, "chat", "copy")).layout.widgets[1]
  assert.deepEqual([copy.config, copy.position, copy.locked], [{ size: 2 }, box(3, 0, 3, 5), false])
  const free = layout({ chat: [1500, 700, 400, 300] }, "free")
  const beside = done(duplicateWidget(free, "chat", "copy")).layout.widgets[1].position
  assert.deepEqual(beside, box(1520, 732, 400, 300))
})

test("after a widget is removed the next one is selected, after the last the one before", () => {
  const main = layout({ a: [0, 0, 1, 1], b: [1, 0, 1, 1], c: [2, 0, 1, 1] })
  assert.equal(done(removeWidget(main, "a")).key, "b")
  assert.equal(done(removeWidget(main, "c")).key, "b")
  assert.equal(done(removeWidget(layout({ a: [0, 0, 1, 1] }), "a")).key, "")
  assert.equal(removeWidget(main, "x").refusal?.key, "editor.no-such-widget")
})

test("layers go forward, backward, to the front and to the back", () => {
  const main = layout({ a: [0, 0, 1, 1], b: [1, 0, 1, 1], c: [2, 0, 1, 1] })
  const order = (/** @type {string} */ key, /** @type {any} */ to) =>
    stacked(done(restackWidget(main, key, to)).layout.widgets).map((widget) => widget.key).join("")
  assert.equal(order("a", "forward"), "bac")
  assert.equal(order("a", "front"), "bca")
  assert.equal(order("c", "backward"), "acb")
  assert.equal(order("c", "back"), "cab")
  assert.equal(order("c", "forward"), "abc")
  assert.equal(order("a", "back"), "abc")
  assert.equal(order("a", 1), "bac")
})

test("layers that others left equal or far apart are counted anew", () => {
  const main = layout({ a: [0, 0, 1, 1], b: [1, 0, 1, 1], c: [2, 0, 1, 1] })
  main.widgets[0].zIndex = 7
  main.widgets[1].zIndex = 7
  main.widgets[2].zIndex = -900
  assert.deepEqual(stacked(main.widgets).map(({ key }) => key), ["c", "a", "b"])
  const after = done(restackWidget(main, "a", "forward")).layout.widgets
  assert.deepEqual(after.map(({ key, zIndex }) => [key, zIndex]), [["a", 2], ["b", 1], ["c", 0]])
})

test("in another grid every widget stays where it was on the picture, and none over another", () => {
  const main = layout({ chat: [9, 3, 3, 5], events: [3, 1, 6, 3], goals: [0, 0, 3, 1], tips: [0, 8, 12, 1] })
  const places = (/** @type {Partial<{columns: number, rows: number, gap: number}>} */ change) =>
    done(changeGrid(main, change)).layout.widgets.map(({ position }) => position)
  assert.deepEqual(places({ columns: 24, rows: 18 }), [
    box(18, 6, 6, 10),
    box(6, 2, 12, 6),
    box(0, 0, 6, 2),
    box(0, 16, 24, 2),
  ])
  assert.deepEqual(places({ gap: 32 }), main.widgets.map(({ position }) => position))
  for (let columns = 1; columns <= 24; columns++) {
    for (let rows = 1; rows <= 20; rows++) {
      const { layout: after } = changeGrid(main, { columns, rows })
      // Few cells may be full.
      if (!after) assert.ok(columns < 4 || rows < 4, `${columns} × ${rows}`)
      for (const { key, position } of after?.widgets ?? []) {
        assert.deepEqual(collisions(/** @type {any} */ (after), position, key), [], `${columns} × ${rows} ${key}`)
        assert.deepEqual(within(position, { width: columns, height: rows }), position, `${columns} × ${rows} ${key}`)
      }
    }
  }
  const ten = layout(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`w${index}`, [index, 0, 1, 9]])))
  assert.equal(changeGrid(ten, { columns: 9, rows: 1 }).refusal?.key, "editor.no-room-in-grid")
})

test("between cells and pixels and back every widget keeps its place", () => {
  const main = layout({ chat: [9, 3, 3, 5], goals: [0, 0, 3, 1], tips: [0, 8, 12, 1] })
  for (const gap of [0, 8]) {
    const grid = { ...main, grid: { ...main.grid, gap } }
    const free = done(changeMode(grid, "free")).layout
    if (gap === 0) assert.deepEqual(free.widgets[0].position, box(1440, 360, 480, 600))
    assert.deepEqual(done(changeMode(free, "grid")).layout.widgets, grid.widgets)
  }
})

test("widgets that lie over each other find places of their own in a grid, or it is refused", () => {
  const free = layout({ a: [0, 0, 480, 600], b: [10, 10, 480, 600] }, "free")
  const grid = done(changeMode(free, "grid")).layout
  assert.equal(collisions(grid, grid.widgets[0].position, "a").length, 0)
  const covered = layout({ a: [0, 0, 1920, 1080], b: [0, 0, 100, 100] }, "free")
  assert.equal(changeMode(covered, "grid").refusal?.key, "editor.no-room-in-grid")
})

test("sizes of a free layout are those of the usual cells, and never too small to take hold of", () => {
  const free = layout({}, "free")
  assert.deepEqual(usualSize(free, { defaultSize: { width: 3, height: 5 } }), { width: 480, height: 600 })
  assert.deepEqual(usualSize(layout({}), { defaultSize: { width: 30, height: 5 } }), { width: 12, height: 5 })
  assert.deepEqual(smallestSize(free, undefined), { width: 53, height: 40 })
  assert.deepEqual(smallestSize(free, type("line", { width: 1, height: 0.2 })), { width: 53, height: 24 })
  assert.deepEqual(smallestSize(layout({}), type("chat", ONE)), ONE)
  // A third of the usual size, and of cells as large as those here.
  const chat = type("chat", { width: 3, height: 5 })
  assert.deepEqual(smallestSize(layout({}), chat), { width: 1, height: 2 })
  assert.deepEqual(smallestSize(free, chat), { width: 160, height: 200 })
  const fine = { ...layout({}), grid: { columns: 24, rows: 18, gap: 0 } }
  assert.deepEqual(usualSize(fine, chat), { width: 6, height: 10 })
  assert.deepEqual(smallestSize(fine, chat), { width: 2, height: 4 })
})

test("a second widget of a type is called by a number", () => {
  const main = layout({ "chat 1": [0, 0, 1, 1], poll: [1, 0, 1, 1], "chat 2": [2, 0, 1, 1] })
  const names = widgetNames(main, new Map([["chat", type("chat", ONE)]]))
  assert.deepEqual([...names.values()], ["Chat", "poll", "Chat 2"])
})
