// @ts-check

/**
 * @typedef {object} Stroke what a pressed key is to the editor
 * @property {string} key
 * @property {boolean} ctrlKey
 * @property {boolean} metaKey
 * @property {boolean} shiftKey
 * @property {boolean} altKey
 * @property {boolean} [altGraph] the third level of a keyboard: brackets of many languages
 *
 * @typedef {object} Surroundings
 * @property {"grid" | "free"} mode
 * @property {boolean} isTyping whether the focus is in a field
 * @property {boolean} isOnWidget whether arrows belong to the selected widget, and not to a list or a menu
 * @property {boolean} hasSelection
 * @property {boolean} hasShortcuts whether the streamer has not switched single letters off
 *
 * @typedef {{name: "move" | "resize", x: number, y: number}
 *   | {name: "restack", to: "forward" | "backward" | "front" | "back"}
 *   | {name: "undo" | "redo" | "duplicate" | "remove" | "escape" | "add" | "save"}
 *   | {name: "fit" | "full" | "preview"}} Command
 */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
/** @type {Record<string, "forward" | "backward" | "front" | "back">} */
const BRACKETS = { "]": "forward", "[": "backward", "}": "front", "{": "back" }

const FIELDS =
  "input:not([type=checkbox], [type=radio], [type=range], [type=color]), textarea, select, [contenteditable]"

/**
 * Whether keys are letters there.
 * @param {Element} target
 */
export function isField(target) {
  return target.matches(FIELDS)
}

/**
 * What a key stroke asks the editor to do; `null` for what is not the editor's.
 * @param {Stroke} stroke
 * @param {Surroundings} around
 * @returns {Command | null}
 */
export function commandOf(stroke, around) {
  const { key, shiftKey, altKey, altGraph = false } = stroke
  const isCommand = (stroke.ctrlKey || stroke.metaKey) && !altGraph
  if (key === "Escape") return around.isTyping ? null : { name: "escape" }
  if (isCommand && key.toLowerCase() === "s" && !altKey && !shiftKey) return { name: "save" }
  // A field has an undo of its own.
  if (around.isTyping) return null
  if (isCommand) return altKey ? null : commandWithControl(key.toLowerCase(), shiftKey, around)
  if (altKey && !altGraph && !(key in ARROWS)) {
    return key.toLowerCase() === "f" ? { name: "fit" } : key.toLowerCase() === "x" ? { name: "full" } : null
  }
  if (around.hasSelection) {
    if (key in ARROWS) return around.isOnWidget ? nudge(ARROWS[key], shiftKey, altKey, around.mode) : null
    if (key === "Delete" || key === "Backspace") return around.isOnWidget ? { name: "remove" } : null
    if (around.hasShortcuts && key in BRACKETS) return { name: "restack", to: BRACKETS[key] }
  }
  if (!around.hasShortcuts || shiftKey) return null
  if (key === "a") return { name: "add" }
  return key === "p" ? { name: "preview" } : null
}

/**
 * @param {string} key
 * @param {boolean} shift
 * @param {Surroundings} around
 * @returns {Command | null}
 */
function commandWithControl(key, shift, around) {
  if (key === "z") return { name: shift ? "redo" : "undo" }
  if (shift) return null
  if (key === "y") return { name: "redo" }
  return key === "d" && around.hasSelection ? { name: "duplicate" } : null
}

/**
 * In a grid by one cell, with Shift the size; in pixels by one or with Shift by ten, with Alt the size.
 * @param {[number, number]} direction
 * @param {boolean} shift
 * @param {boolean} alt
 * @param {"grid" | "free"} mode
 * @returns {Command}
 */
function nudge([x, y], shift, alt, mode) {
  const step = mode === "free" && shift ? 10 : 1
  const isSize = mode === "free" ? alt : shift || alt
  return { name: isSize ? "resize" : "move", x: x * step, y: y * step }
}
