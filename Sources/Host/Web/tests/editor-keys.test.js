// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { commandOf } from "../dashboard/editor/keys.js"

const onWidget = {
  mode: /** @type {"grid"} */ ("grid"),
  isTyping: false,
  isOnWidget: true,
  hasSelection: true,
  hasShortcuts: true,
}

/**
 * @param {string} text such as `Ctrl+Shift+z`
 * @param {object} [around]
 */
function pressed(text, around = {}) {
  const keys = text.split("+")
  const stroke = {
    key: keys.at(-1) ?? "",
    ctrlKey: keys.includes("Ctrl"),
    metaKey: keys.includes("Meta"),
    shiftKey: keys.includes("Shift"),
    altKey: keys.includes("Alt"),
    altGraph: keys.includes("AltGr"),
  }
  return commandOf(stroke, { ...onWidget, ...around })
}

test("in a grid arrows move by one cell, and with Shift change the size", () => {
  assert.deepEqual(pressed("ArrowLeft"), { name: "move", x: -1, y: 0 })
  assert.deepEqual(pressed("Shift+ArrowDown"), { name: "resize", x: 0, y: 1 })
})

test("in a free layout arrows move by 1 pixel, with Shift by 10, and with Alt change the size", () => {
  const free = { mode: "free" }
  assert.deepEqual(pressed("ArrowUp", free), { name: "move", x: 0, y: -1 })
  assert.deepEqual(pressed("Shift+ArrowRight", free), { name: "move", x: 10, y: 0 })
  assert.deepEqual(pressed("Alt+ArrowRight", free), { name: "resize", x: 1, y: 0 })
  assert.deepEqual(pressed("Alt+Shift+ArrowRight", free), { name: "resize", x: 10, y: 0 })
})

test("brackets restack, wherever a keyboard has them", () => {
  assert.deepEqual(pressed("]"), { name: "restack", to: "forward" })
  assert.deepEqual(pressed("Shift+{"), { name: "restack", to: "back" })
  assert.deepEqual(pressed("Ctrl+Alt+AltGr+["), { name: "restack", to: "backward" })
  assert.deepEqual(pressed("Ctrl+Alt+AltGr+}"), { name: "restack", to: "front" })
})

test("undo, redo and duplicate are what they are everywhere", () => {
  assert.equal(pressed("Ctrl+z")?.name, "undo")
  assert.equal(pressed("Meta+z")?.name, "undo")
  assert.equal(pressed("Ctrl+Shift+Z")?.name, "redo")
  assert.equal(pressed("Ctrl+y")?.name, "redo")
  assert.equal(pressed("Ctrl+d")?.name, "duplicate")
  assert.equal(pressed("Ctrl+d", { hasSelection: false }), null)
  assert.equal(pressed("Ctrl+Shift+d"), null)
  assert.equal(pressed("Ctrl+s")?.name, "save")
})

test("in a field keys belong to the field", () => {
  const typing = { isTyping: true }
  for (const keys of ["ArrowLeft", "Delete", "a", "p", "]", "Ctrl+z", "Ctrl+d", "Escape", "Alt+f"]) {
    assert.equal(pressed(keys, typing), null, keys)
  }
})

test("arrows and Delete on a button or in a list are not the widget's", () => {
  assert.equal(pressed("ArrowLeft", { isOnWidget: false }), null)
  assert.equal(pressed("Delete", { isOnWidget: false }), null)
  assert.equal(pressed("Delete", { hasSelection: false }), null)
  assert.equal(pressed("Backspace")?.name, "remove")
})

test("single letters can be switched off, other keys cannot", () => {
  const off = { hasShortcuts: false }
  for (const keys of ["a", "p", "]", "Shift+}"]) assert.equal(pressed(keys, off), null, keys)
  for (const keys of ["ArrowLeft", "Delete", "Ctrl+z", "Alt+f", "Escape"]) {
    assert.notEqual(pressed(keys, off), null, keys)
  }
})

test("the view is fitted, shown in full and cleared of boxes", () => {
  assert.equal(pressed("Alt+f")?.name, "fit")
  assert.equal(pressed("Alt+x")?.name, "full")
  assert.equal(pressed("p")?.name, "preview")
  assert.equal(pressed("a", { hasSelection: false, isOnWidget: false })?.name, "add")
  assert.equal(pressed("b"), null)
})
