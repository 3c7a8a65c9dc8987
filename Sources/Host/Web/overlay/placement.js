// @ts-check

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {{mode?: "grid" | "free", grid?: {columns: number, rows: number, gap: number}}} LayoutShape
 */

export const CANVAS_WIDTH = 1920
export const CANVAS_HEIGHT = 1080

/**
 * Where on the 1920×1080 canvas a widget stands, in pixels.
 * @param {Box} position whole cells in a grid layout, pixels in a free one
 * @param {LayoutShape} layout
 * @returns {Box}
 */
export function placeOnCanvas(position, { mode, grid }) {
  if (mode === "free" || !grid) return position
  const across = track(CANVAS_WIDTH, grid.columns, grid.gap)
  const down = track(CANVAS_HEIGHT, grid.rows, grid.gap)
  return {
    x: across.start(position.x),
    y: down.start(position.y),
    width: across.extent(position.width),
    height: down.extent(position.height),
  }
}

/**
 * @param {number} length
 * @param {number} count
 * @param {number} gap
 */
function track(length, count, gap) {
  const cell = (length - gap * (count - 1)) / count
  return {
    start: (/** @type {number} */ index) => index * (cell + gap),
    // A widget covers the gaps between its own cells.
    extent: (/** @type {number} */ cells) => cells * cell + (cells - 1) * gap,
  }
}
