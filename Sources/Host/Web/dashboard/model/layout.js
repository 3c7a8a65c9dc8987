// @ts-check
import { CANVAS_HEIGHT, CANVAS_WIDTH, placeOnCanvas } from "../../overlay/placement.js"

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Position
 * @typedef {{columns: number, rows: number, gap: number}} Grid
 *
 * @typedef {object} EditedWidget
 * @property {string} key its name in the editor, the same from the moment it is added; not the id that the host gives
 * @property {string} type
 * @property {Record<string, unknown>} config
 * @property {Position} position whole cells in a grid, pixels otherwise
 * @property {number} zIndex
 * @property {boolean} visible
 * @property {boolean} locked
 *
 * @typedef {object} EditedLayout what undo takes back; never changed in place
 * @property {"grid" | "free"} mode
 * @property {Grid} grid
 * @property {string} themeId
 * @property {EditedWidget[]} widgets
 *
 * @typedef {object} WidgetType
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {string} icon
 * @property {string} category
 * @property {"builtin" | "lua"} kind
 * @property {string} version
 * @property {string} author
 * @property {{width: number, height: number}} defaultSize
 * @property {import("./schema-form.js").ObjectSchema} configSchema
 * @property {Record<string, unknown>} defaults
 * @property {string[]} events
 * @property {string[]} permissions
 *
 * @typedef {"n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw"} Handle
 */

export const WIDGETS_LIMIT = 10
export const LAYOUTS_LIMIT = 10
export const NAME_LIMIT = 80
/** Cells of the usual grid: what a size of one cell is worth in pixels. */
export const USUAL_GRID = { columns: 12, rows: 9, gap: 0 }
/**
 * Before one is opened.
 * @type {EditedLayout}
 */
export const EMPTY_LAYOUT = { mode: "grid", grid: USUAL_GRID, themeId: "", widgets: [] }
/** @type {Handle[]} */
export const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"]
// Smaller boxes cannot be taken hold of.
const SMALLEST_PIXELS = 24

/**
 * How far positions go.
 * @param {Pick<EditedLayout, "mode" | "grid">} layout
 */
export function canvasSize(layout) {
  if (layout.mode === "free") return { width: CANVAS_WIDTH, height: CANVAS_HEIGHT }
  return { width: layout.grid.columns, height: layout.grid.rows }
}

/**
 * The smallest a widget may be made: a third of its type's usual size.
 * @param {Pick<EditedLayout, "mode" | "grid">} layout
 * @param {Pick<WidgetType, "defaultSize"> | undefined} type
 */
export function smallestSize(layout, type) {
  const { width, height } = type?.defaultSize ?? { width: 1, height: 1 }
  if (layout.mode === "grid") return inCells(layout, { width: Math.ceil(width / 3), height: Math.ceil(height / 3) })
  const usual = pixels({ x: 0, y: 0, width, height })
  const canvas = canvasSize(layout)
  return {
    width: between(Math.round(usual.width / 3), SMALLEST_PIXELS, canvas.width),
    height: between(Math.round(usual.height / 3), SMALLEST_PIXELS, canvas.height),
  }
}

/**
 * The size with which a widget of that type is added.
 * @param {Pick<EditedLayout, "mode" | "grid">} layout
 * @param {Pick<WidgetType, "defaultSize">} type
 */
export function usualSize(layout, type) {
  if (layout.mode === "grid") return inCells(layout, type.defaultSize)
  const canvas = canvasSize(layout)
  const size = pixels({ x: 0, y: 0, ...type.defaultSize })
  return { width: Math.min(size.width, canvas.width), height: Math.min(size.height, canvas.height) }
}

/**
 * A size in cells of the usual grid, in cells of this one.
 * @param {Pick<EditedLayout, "grid">} layout
 * @param {{width: number, height: number}} size
 */
function inCells({ grid }, { width, height }) {
  return {
    width: between(Math.round(width * grid.columns / USUAL_GRID.columns), 1, grid.columns),
    height: between(Math.round(height * grid.rows / USUAL_GRID.rows), 1, grid.rows),
  }
}

/**
 * @param {Position} a
 * @param {Position} b
 */
export function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/**
 * The widgets that stand where one would stand.
 * @param {EditedLayout} layout
 * @param {Position} position
 * @param {string} [except] the key of the one that is moved
 */
export function collisions(layout, position, except = "") {
  return layout.widgets.filter((widget) => widget.key !== except && overlap(widget.position, position))
}

/**
 * The nearest place on the canvas in whole units, not smaller than that.
 * @param {Position} position
 * @param {{width: number, height: number}} canvas
 * @param {{width: number, height: number}} [smallest]
 * @returns {Position}
 */
export function within(position, canvas, smallest = { width: 1, height: 1 }) {
  const width = between(Math.round(position.width), smallest.width, canvas.width)
  const height = between(Math.round(position.height), smallest.height, canvas.height)
  return {
    x: between(Math.round(position.x), 0, canvas.width - width),
    y: between(Math.round(position.y), 0, canvas.height - height),
    width,
    height,
  }
}

/**
 * Moved by so much, as far as the canvas goes.
 * @param {Position} position
 * @param {{x: number, y: number}} by
 * @param {{width: number, height: number}} canvas
 * @returns {Position}
 */
export function moved(position, by, canvas) {
  return within({ ...position, x: position.x + by.x, y: position.y + by.y }, canvas)
}

/**
 * Resized by drawing a handle; the opposite edge stays where it is.
 * @param {Position} position
 * @param {Handle} handle
 * @param {{x: number, y: number}} by
 * @param {{width: number, height: number}} canvas
 * @param {{width: number, height: number}} smallest
 * @returns {Position}
 */
export function resized(position, handle, by, canvas, smallest) {
  const across = stretched(
    position.x,
    position.width,
    handle.includes("w") ? -1 : handle.includes("e") ? 1 : 0,
    Math.round(by.x),
    canvas.width,
    smallest.width,
  )
  const down = stretched(
    position.y,
    position.height,
    handle.includes("n") ? -1 : handle.includes("s") ? 1 : 0,
    Math.round(by.y),
    canvas.height,
    smallest.height,
  )
  return { x: across.start, y: down.start, width: across.length, height: down.length }
}

/**
 * @param {number} start
 * @param {number} length
 * @param {number} side -1 the first edge moves, 1 the last, 0 none
 * @param {number} by
 * @param {number} canvas
 * @param {number} smallest
 */
function stretched(start, length, side, by, canvas, smallest) {
  if (side === 0) return { start, length }
  const end = start + length
  // What is smaller already may stay so, but must not shrink.
  const least = Math.min(smallest, length)
  if (side > 0) return { start, length: between(length + by, least, canvas - start) }
  const first = between(start + by, 0, end - least)
  return { start: first, length: end - first }
}

/**
 * The first place, row by row, where so much room is free; `null` when there is none.
 * @param {EditedLayout} layout
 * @param {{width: number, height: number}} size
 * @returns {Position | null}
 */
export function freePlace(layout, size) {
  const canvas = canvasSize(layout)
  const step = layout.mode === "grid" ? { x: 1, y: 1 } : pixelsOfOneCell()
  for (let y = 0; y + size.height <= canvas.height; y += step.y) {
    for (let x = 0; x + size.width <= canvas.width; x += step.x) {
      const place = { x, y, width: size.width, height: size.height }
      if (collisions(layout, place).length === 0) return place
    }
  }
  return null
}

/**
 * The first free place for the largest of all sizes up to that one, `null` when not even the smallest has room.
 * @param {EditedLayout} layout
 * @param {{width: number, height: number}} size
 * @param {{width: number, height: number}} smallest
 */
export function roomiestPlace(layout, size, smallest) {
  if (layout.mode === "free") return freePlace(layout, size) ?? shifted(layout, size)
  const sizes = []
  for (let { width } = size; width >= smallest.width; width--) {
    for (let { height } = size; height >= smallest.height; height--) sizes.push({ width, height })
  }
  sizes.sort((a, b) => b.width * b.height - a.width * a.height)
  for (const one of sizes) {
    const place = freePlace(layout, one)
    if (place) return place
  }
  return null
}

/**
 * On a full canvas, a place that hides no other box whole.
 * @param {EditedLayout} layout
 * @param {{width: number, height: number}} size
 */
function shifted(layout, size) {
  const offset = 32 * layout.widgets.length
  return within({ x: offset, y: offset, ...size }, canvasSize(layout))
}

/**
 * The widgets from the back to the front; of two on the same layer, the older one is behind.
 * @param {EditedWidget[]} widgets
 */
export function stacked(widgets) {
  return [...widgets].sort((a, b) => a.zIndex - b.zIndex)
}

/**
 * Where a widget stands on the 1920×1080 canvas.
 * @param {Position} position
 * @param {Pick<EditedLayout, "mode" | "grid">} layout
 */
export function onCanvas(position, layout) {
  return placeOnCanvas(position, layout)
}

/** @param {Position} cells of the usual grid */
export function pixels(cells) {
  const { x, y, width, height } = placeOnCanvas(cells, { mode: "grid", grid: USUAL_GRID })
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}

function pixelsOfOneCell() {
  return { x: CANVAS_WIDTH / USUAL_GRID.columns, y: CANVAS_HEIGHT / USUAL_GRID.rows }
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function between(value, least, most) {
  return Math.max(least, Math.min(most, value))
}
