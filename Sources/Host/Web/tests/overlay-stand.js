// @ts-check
import { FakeSocket } from "./fakes.js"

/*
 * The real overlay page in the browser, a socket at whose other end the checks sit, and their eyes on the page.
 */

/** @type {FakeSocket[]} */
const sockets = []
globalThis.WebSocket = /** @type {any} */ (class extends FakeSocket {
  constructor() {
    super()
    sockets.push(this)
  }
})
await import("../overlay/main.js")
const [socket] = sockets
socket.accept()

export const SERVER_NOW = Date.parse("2031-05-06T07:08:09Z")
export const POSITION = { x: 0, y: 0, width: 6, height: 3 }
export const CSS = `
  .alert { animation: enter-slide .4s ease-out both }
  .bar { animation: drain 5s linear both }
  .confetti { animation: fall 2s infinite }
  .goal { transition: width 1s }
  .late { animation: come-later .4s 10s both }
  .leaving { animation: exit-fade .3s both }
  @keyframes enter-slide { from { opacity: 0; transform: translateY(12px) } }
  @keyframes come-later { from { opacity: 0 } }
  @keyframes drain { to { transform: scaleX(0) } }
  @keyframes fall { to { transform: translateY(300px) } }
  @keyframes exit-fade { to { opacity: 0 } }
  @media (prefers-reduced-motion: reduce) { .ticker { white-space: normal } }
  @media (prefers-reduced-motion: no-preference) { .ticker { white-space: nowrap } }`

/** @param {number} [count] */
export async function frames(count = 3) {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame)
}

/**
 * @param {() => unknown} condition
 * @param {string} what
 */
export async function until(condition, what) {
  const deadline = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`)
    await frames(1)
  }
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 */
export function expect(actual, expected) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (left !== right) throw new Error(`expected ${right}, got ${left}`)
}

/** @param {string} widgetId */
export const slot = (widgetId) => /** @type {HTMLElement} */ (document.querySelector(`[data-widget-id="${widgetId}"]`))
/** @param {string} widgetId */
export const root = (widgetId) => /** @type {ShadowRoot} */ (slot(widgetId).firstElementChild?.shadowRoot)
/** @param {string} selector */
export const styleOf = (selector) => getComputedStyle(/** @type {Element} */ (root("w").querySelector(selector)))
/** @param {string} name of the keyframes */
export const animation = (name, widgetId = "w") => {
  const all = /** @type {CSSAnimation[]} */ (root(widgetId).getAnimations())
  return all.find(({ animationName }) => animationName === name)
}
export const enters = (widgetId = "w") => animation("enter-slide", widgetId)?.playState === "running"
/** @param {string} type */
export const sent = (type) => socket.sent.filter((message) => message.type === type).map(({ payload }) => payload)

let seq = 0
/** @type {Record<string, number>} */
export const revs = {}

/**
 * A snapshot of these widgets; one without a view is as the page has it.
 * @param {Record<string, any>[]} widgets
 * @param {object} [more]
 */
export async function snapshot(widgets, more = {}) {
  for (const { widgetId, view } of widgets) revs[widgetId] = (revs[widgetId] ?? 0) + (view ? 1 : 0)
  const whole = widgets.map((widget) => ({
    type: "test",
    position: POSITION,
    zIndex: 0,
    css: CSS,
    rev: revs[widget.widgetId],
    ...widget,
  }))
  socket.say("overlay:snapshot", {
    epoch: "e1",
    seq: ++seq,
    resumed: true,
    layout: { id: "L", version: 1, mode: "grid", grid: { columns: 12, rows: 9, gap: 0 } },
    theme: {},
    widgets: whole,
    ...more,
  }, new Date(SERVER_NOW).toISOString())
  await frames(1)
}

/** @param {any[]} ops */
export async function patch(ops, widgetId = "w") {
  const rev = ++revs[widgetId]
  socket.say("overlay:patch", { seq: ++seq, widgetId, rev, ops }, new Date(SERVER_NOW).toISOString())
  await frames(1)
}
