// @ts-check

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Place whole cells of the 12 × 9 grid
 * @typedef {{name: string, widgets: {type: string, position: Place}[]}} Starter
 */

/**
 * @param {string} type
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
const put = (type, x, y, width, height) => ({ type, position: { x, y, width, height } })

/** @type {Starter[]} what a layout can begin with; `wizard.layout-<name>` is how it is called */
export const STARTERS = [
  {
    name: "gameplay",
    widgets: [
      put("events", 3, 0, 6, 3),
      put("chat", 9, 2, 3, 5),
      put("goals", 0, 7, 3, 1),
      put("tips", 0, 8, 12, 1),
    ],
  },
  {
    name: "chatting",
    widgets: [put("chat", 0, 1, 4, 7), put("events", 5, 0, 6, 3), put("goals", 8, 8, 4, 1)],
  },
  { name: "alerts", widgets: [put("events", 3, 0, 6, 3), put("goals", 0, 8, 3, 1)] },
  { name: "chat", widgets: [put("chat", 9, 3, 3, 6), put("events", 0, 6, 6, 3)] },
]

/**
 * The widgets of a layout as a starter has them: those that are there already keep what they are and only move.
 * @param {{id: string, type: string}[]} present
 * @param {Starter} starter
 */
export function widgetsOf(present, starter) {
  const left = [...present]
  return starter.widgets.map(({ type, position }) => {
    const index = left.findIndex((widget) => widget.type === type)
    const [kept] = index < 0 ? [] : left.splice(index, 1)
    return kept ? { id: kept.id, type, position, visible: true } : { type, position }
  })
}
