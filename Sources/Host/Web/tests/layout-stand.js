// @ts-check
import assert from "node:assert/strict"

/** @typedef {import("../dashboard/model/layout.js").EditedLayout} EditedLayout */

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
export const box = (x, y, width, height) => ({ x, y, width, height })

/**
 * @param {Record<string, number[]>} places
 * @param {"grid" | "free"} [mode]
 * @returns {EditedLayout}
 */
export function layout(places, mode = "grid") {
  return {
    mode,
    grid: { columns: 12, rows: 9, gap: 0 },
    themeId: "theme",
    widgets: Object.entries(places).map(([key, [x, y, width, height]], index) => ({
      key,
      type: key.split(" ")[0],
      config: {},
      position: box(x, y, width, height),
      zIndex: index,
      visible: true,
      locked: false,
    })),
  }
}

/**
 * @param {string} id
 * @param {{width: number, height: number}} defaultSize
 * @param {object} [more]
 */
export function type(id, defaultSize, more) {
  return /** @type {import("../dashboard/model/layout.js").WidgetType} */ (
    /** @type {unknown} */ ({
      id,
      name: id[0].toUpperCase() + id.slice(1),
      defaultSize,
      defaults: { size: 1 },
      ...more,
    })
  )
}

/**
 * @template {{refusal?: any}} Result
 * @param {Result} result
 */
export function done(result) {
  assert.equal(result.refusal, undefined)
  return /** @type {import("../dashboard/model/layout-edit.js").Done} */ (/** @type {unknown} */ (result))
}
