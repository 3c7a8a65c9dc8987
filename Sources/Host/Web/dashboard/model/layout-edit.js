// @ts-check
import {
  canvasSize,
  collisions,
  freePlace,
  moved,
  onCanvas,
  roomiestPlace,
  smallestSize,
  stacked,
  usualSize,
  WIDGETS_LIMIT,
  within,
} from "./layout.js"

/**
 * @typedef {import("./layout.js").EditedLayout} EditedLayout
 * @typedef {import("./layout.js").EditedWidget} EditedWidget
 * @typedef {import("./layout.js").Position} Position
 * @typedef {import("./layout.js").WidgetType} WidgetType
 *
 * @typedef {object} Refusal why a change is not made, as a key of the catalogue of words
 * @property {string} key
 * @property {Record<string, string | number>} [args]
 * @property {EditedWidget[]} [others] the widgets that stand in the way
 *
 * @typedef {{layout: EditedLayout, key: string, others?: EditedWidget[], refusal?: undefined}} Done
 * @typedef {{refusal: Refusal, layout?: undefined}} Refused
 */

/**
 * @param {EditedLayout} layout
 * @param {string} key
 */
export function widgetOf(layout, key) {
  return layout.widgets.find((widget) => widget.key === key)
}

/**
 * Adds a widget, without a place at the first free one.
 * @param {EditedLayout} layout
 * @param {WidgetType} type
 * @param {string} key
 * @param {{x: number, y: number}} [at] its upper left corner
 * @returns {Done | Refused}
 */
export function addWidget(layout, type, key, at) {
  if (layout.widgets.length >= WIDGETS_LIMIT) return full()
  const size = usualSize(layout, type)
  const place = at
    ? within({ ...at, ...size }, canvasSize(layout))
    : roomiestPlace(layout, size, smallestSize(layout, type))
  if (!place) return { refusal: { key: "editor.no-room", args: size } }
  const widget = {
    key,
    type: type.id,
    config: type.defaults,
    position: place,
    zIndex: onTop(layout),
    visible: true,
    locked: false,
  }
  return checked({ ...layout, widgets: [...layout.widgets, widget] }, widget)
}

/**
 * A second one with the same settings.
 * @param {EditedLayout} layout
 * @param {string} key
 * @param {string} copyKey
 * @returns {Done | Refused}
 */
export function duplicateWidget(layout, key, copyKey) {
  const widget = widgetOf(layout, key)
  if (!widget) return gone()
  if (layout.widgets.length >= WIDGETS_LIMIT) return full()
  const { width, height } = widget.position
  const beside = moved(widget.position, { x: 32, y: 32 }, canvasSize(layout))
  const place = layout.mode === "free" ? beside : freePlace(layout, { width, height })
  if (!place) return { refusal: { key: "editor.no-room", args: { width, height } } }
  const copy = { ...widget, key: copyKey, position: place, zIndex: onTop(layout), locked: false }
  return checked({ ...layout, widgets: [...layout.widgets, copy] }, copy)
}

/**
 * Puts a widget somewhere else or gives it another size.
 *
 * In a grid it is refused where another stands; in a free layout `others` says over whom it lies now.
 * @param {EditedLayout} layout
 * @param {string} key
 * @param {Position} position
 * @returns {Done | Refused}
 */
export function placeWidget(layout, key, position) {
  const widget = widgetOf(layout, key)
  if (!widget) return gone()
  if (widget.locked) return { refusal: { key: "editor.is-locked" } }
  return checked(replaced(layout, { ...widget, position }), { ...widget, position })
}

/**
 * @param {EditedLayout} layout
 * @param {string} key
 * @param {Partial<Pick<EditedWidget, "config" | "visible" | "locked">>} change
 * @returns {Done | Refused}
 */
export function changeWidget(layout, key, change) {
  const widget = widgetOf(layout, key)
  if (!widget) return gone()
  return { layout: replaced(layout, { ...widget, ...change }), key }
}

/**
 * Removes a widget; `key` is the one that takes its place in the order, empty when none is left.
 * @param {EditedLayout} layout
 * @param {string} key
 * @returns {Done | Refused}
 */
export function removeWidget(layout, key) {
  const index = layout.widgets.findIndex((widget) => widget.key === key)
  if (index < 0) return gone()
  const widgets = layout.widgets.filter((widget) => widget.key !== key)
  return { layout: { ...layout, widgets }, key: (widgets[index] ?? widgets[index - 1])?.key ?? "" }
}

/**
 * Brings a removed widget back, where it was or at the first free place.
 * @param {EditedLayout} layout
 * @param {EditedWidget} widget
 * @returns {Done | Refused}
 */
export function restoreWidget(layout, widget) {
  if (widgetOf(layout, widget.key)) return { layout, key: widget.key }
  if (layout.widgets.length >= WIDGETS_LIMIT) return full()
  const { width, height } = within(widget.position, canvasSize(layout))
  const isFree = layout.mode === "free" || collisions(layout, widget.position).length === 0
  const place = isFree ? within(widget.position, canvasSize(layout)) : freePlace(layout, { width, height })
  if (!place) return { refusal: { key: "editor.no-room", args: { width, height } } }
  const back = { ...widget, position: place }
  return checked({ ...layout, widgets: [...layout.widgets, back] }, back)
}

/**
 * Moves a widget among the layers, which are counted anew from 0.
 * @param {EditedLayout} layout
 * @param {string} key
 * @param {"forward" | "backward" | "front" | "back" | number} to a number is its place from the back
 * @returns {Done | Refused}
 */
export function restackWidget(layout, key, to) {
  const order = stacked(layout.widgets)
  const from = order.findIndex((widget) => widget.key === key)
  if (from < 0) return gone()
  const last = order.length - 1
  const places = { forward: from + 1, backward: from - 1, front: last, back: 0 }
  const place = Math.max(0, Math.min(last, typeof to === "number" ? to : places[to]))
  order.splice(place, 0, ...order.splice(from, 1))
  const layers = new Map(order.map((widget, index) => [widget.key, index]))
  const widgets = layout.widgets.map((widget) => ({ ...widget, zIndex: layers.get(widget.key) ?? 0 }))
  return { layout: { ...layout, widgets }, key }
}

/**
 * Another number of cells: every widget stays where it is on the picture, as near as the new cells allow.
 *
 * Refused where one finds no place.
 * @param {EditedLayout} layout
 * @param {Partial<import("./layout.js").Grid>} change
 * @returns {Done | Refused}
 */
export function changeGrid(layout, change) {
  const grid = { ...layout.grid, ...change }
  if (layout.mode === "free") return { layout: { ...layout, grid }, key: "" }
  const across = grid.columns / layout.grid.columns
  const down = grid.rows / layout.grid.rows
  /** @type {EditedLayout} */
  let changed = { ...layout, grid, widgets: [] }
  /** @type {Map<string, Position>} */
  const places = new Map()
  // Edges that are rounded the same way never cross; only what would vanish has to look for room.
  const whole = layout.widgets.map((widget) => ({ widget, place: scaled(widget.position, across, down) }))
  const byNeed = [...whole.filter(({ place }) => !isFlat(place)), ...whole.filter(({ place }) => isFlat(place))]
  for (const { widget, place } of byNeed) {
    const near = within(place, canvasSize(changed))
    const isTaken = collisions(changed, near).length > 0
    const position = isTaken ? roomiestPlace(changed, near, { width: 1, height: 1 }) : near
    if (!position) return { refusal: { key: "editor.no-room-in-grid", others: [widget] } }
    places.set(widget.key, position)
    changed = { ...changed, widgets: [...changed.widgets, { ...widget, position }] }
  }
  const widgets = layout.widgets.map((widget) => ({ ...widget, position: places.get(widget.key) ?? widget.position }))
  return { layout: { ...changed, widgets }, key: "" }
}

/**
 * @param {Position} position
 * @param {number} across
 * @param {number} down
 */
function scaled({ x, y, width, height }, across, down) {
  const [left, right] = [Math.round(x * across), Math.round((x + width) * across)]
  const [top, bottom] = [Math.round(y * down), Math.round((y + height) * down)]
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** @param {Position} position */
function isFlat({ width, height }) {
  return width === 0 || height === 0
}

/**
 * Counts places in cells or in pixels from now on; every widget stays as near to where it was as that allows.
 * @param {EditedLayout} layout
 * @param {"grid" | "free"} mode
 * @returns {Done | Refused}
 */
export function changeMode(layout, mode) {
  if (mode === layout.mode) return { layout, key: "" }
  /** @type {EditedLayout} */
  let changed = { ...layout, mode, widgets: [] }
  const canvas = canvasSize(changed)
  const scale = onCanvas({ x: 0, y: 0, width: 1, height: 1 }, { mode: "grid", grid: layout.grid })
  const pitch = { x: scale.width + layout.grid.gap, y: scale.height + layout.grid.gap }
  for (const widget of layout.widgets) {
    const { x, y, width, height } = widget.position
    const near = mode === "free"
      ? onCanvas(widget.position, layout)
      : { x: x / pitch.x, y: y / pitch.y, width: width / pitch.x, height: height / pitch.y }
    let position = within(near, canvas)
    if (mode === "grid" && collisions(changed, position).length > 0) {
      const free = roomiestPlace(changed, position, { width: 1, height: 1 })
      if (!free) return { refusal: { key: "editor.no-room-in-grid", others: [widget] } }
      position = free
    }
    changed = { ...changed, widgets: [...changed.widgets, { ...widget, position }] }
  }
  return { layout: changed, key: "" }
}

/**
 * What people call each widget: its type's name, with a number from the second one on.
 * @param {EditedLayout} layout
 * @param {Map<string, WidgetType>} types
 * @returns {Map<string, string>}
 */
export function widgetNames(layout, types) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  return new Map(layout.widgets.map(({ key, type }) => {
    const name = types.get(type)?.name ?? type
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return [key, count === 1 ? name : `${name} ${count}`]
  }))
}

/**
 * @param {EditedLayout} layout
 * @param {EditedWidget} widget
 * @returns {Done | Refused}
 */
function checked(layout, widget) {
  const others = collisions(layout, widget.position, widget.key)
  if (layout.mode === "free" || others.length === 0) return { layout, key: widget.key, others }
  return { refusal: { key: "editor.overlaps", others } }
}

/**
 * @param {EditedLayout} layout
 * @param {EditedWidget} changed
 */
function replaced(layout, changed) {
  return { ...layout, widgets: layout.widgets.map((widget) => (widget.key === changed.key ? changed : widget)) }
}

/** @param {EditedLayout} layout */
function onTop(layout) {
  // The host takes layers up to 1000; ten widgets never come near but by what somebody else wrote.
  return Math.min(1000, Math.max(-1, ...layout.widgets.map((widget) => widget.zIndex)) + 1)
}

/** @returns {Refused} */
function full() {
  return { refusal: { key: "editor.full-layout", args: { limit: WIDGETS_LIMIT } } }
}

/** @returns {Refused} */
function gone() {
  return { refusal: { key: "editor.no-such-widget" } }
}
