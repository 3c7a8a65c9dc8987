// @ts-check
import { browserEnvironment, socketAddress } from "../realtime/browser.js"
import { isRefusal } from "../realtime/retry.js"
import { AlertReports } from "./alert-reports.js"
import { OverlayConnection } from "./connection.js"
import { browserFrames, FrameQueue } from "./frame-queue.js"
import { FrameRate } from "./frame-rate.js"
import { LinkMark } from "./link-mark.js"
import { Motion } from "./motion.js"
import { readKey, readPageAddress } from "./page-address.js"
import { PaintTimes } from "./paint-times.js"
import { listenToDashboard } from "./preview-feed.js"
import { reloadGently } from "./reload.js"
import { ServerClock } from "./server-clock.js"
import { Sounds } from "./sounds.js"
import { Stage } from "./stage.js"
import { Theme } from "./theme.js"

/** @typedef {import("../realtime/envelope.js").Envelope} Envelope */

const { body } = document
const page = readPageAddress(body.dataset, location)
const stageElement = /** @type {HTMLElement} */ (document.getElementById("stage"))
const single = page.view === "preview" ? page.sample !== null : page.view !== "overlay"
stageElement.classList.toggle("single", single)
if (single && page.width !== null) stageElement.style.setProperty("width", `${page.width}px`)
if (single && page.height !== null) stageElement.style.setProperty("height", `${page.height}px`)

const mark = new LinkMark(body)
const paintTimes = new PaintTimes()
const frameRate = new FrameRate()
const clock = new ServerClock()
const stage = new Stage(stageElement, {
  single,
  theme: new Theme(),
  motion: new Motion(page.reducedMotion),
  resync: (widgetId) => connection.send("overlay:resync", { widgetId }),
})
const sounds = new Sounds(
  (effectId, state) => connection.send("overlay:ack", { effectId, state }),
  () => clock.now(),
)
const alertReports = new AlertReports(
  (report) => connection.send("overlay:ack", report),
  (run) => requestAnimationFrame(run),
)

/** @type {FrameQueue<{message: Envelope, arrival: number}>} */
const queue = new FrameQueue((items, painted) => {
  for (const { message } of items) {
    try {
      stage.apply(message)
      if (message.type === "overlay:snapshot") linkUp()
    } catch (error) {
      // One malformed message must not take the rest of its frame with it.
      console.error(message.type, error)
    }
  }
  body.dataset.seq = String(stage.seq)
  alertReports.look(stage.alerts())
  if (painted) paintTimes.measure(items.map((item) => item.arrival))
}, browserFrames())

/** @type {Map<string, (message: Envelope) => void>} */
const messages = new Map([
  ["overlay:snapshot", enqueue],
  ["overlay:patch", enqueue],
  ["overlay:effect", ({ payload }) => sounds.play(payload)],
  ["overlay:refresh", reloadGently],
])

const connection = new OverlayConnection(socketAddress(), page, {
  seen: () => {
    queue.flush()
    return stage.seen()
  },
  telemetry,
  received: (message) => {
    clock.heard(message.timestamp)
    messages.get(message.type)?.(message)
  },
  lost: linkDown,
}, browserEnvironment())

document.addEventListener("visibilitychange", () => {
  queue.flush()
  if (document.hidden) return
  stage.settle()
  connection.wake()
})
addEventListener("online", () => connection.wake())
if (page.view === "preview") {
  listenToDashboard((event) => connection.send("preview:event", event), () => connection.stop())
}
addEventListener("hashchange", () => connection.useKey(readKey(location.hash)))

frameRate.sample()
mark.down()
connection.start()

/** @param {Envelope} message */
function enqueue(message) {
  queue.push({ message, arrival: performance.now() })
}

function linkUp() {
  body.dataset.link = "up"
  body.dataset.epoch = String(stage.epoch)
  mark.hide()
  alertReports.flush()
}

/** @param {number} code */
function linkDown(code) {
  // What has arrived counts: the next subscribe tells the server that this page has it.
  queue.flush()
  body.dataset.link = "down"
  if (!isRefusal(code)) return mark.down()
  // The host says that this address has no picture (any more), so a frozen one must not stay on air.
  mark.hide()
  stage.clear()
  alertReports.look([])
}

function telemetry() {
  const fps = frameRate.last
  const painted = paintTimes.take()
  frameRate.sample()
  return { ...(fps !== null && { fps }), ...(painted && { painted }) }
}
