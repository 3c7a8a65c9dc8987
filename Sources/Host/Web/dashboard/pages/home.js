// @ts-check
import { browserEnvironment, socketAddress } from "../../realtime/browser.js"
import { enhanceCopyButton } from "../elements/copy-field.js"
import { EventList } from "../home/event-list.js"
import { EventStream, isShownType } from "../model/event-stream.js"
import { fetchRecentEvents, SignedOut } from "../model/recent-events.js"

const REFRESH_MS = 5_000
const CHIP = { live: ["Live", "ok"], reconnecting: ["Reconnecting", "warn"], refused: ["Signed out", "bad"] }

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

const chip = byId("link-chip")
const list = byId("events-list")
const notes = { loading: byId("events-loading"), empty: byId("events-empty"), failed: byId("events-failed") }
const events = new EventList(list, document.documentElement.lang)
const stream = new EventStream(socketAddress(), {
  happened(event) {
    show(null)
    events.add(event)
  },
  changed(state) {
    const [text, tone] = CHIP[state]
    byId("link-text").textContent = text
    chip.className = `badge ${tone}`
  },
}, browserEnvironment())

for (const button of document.querySelectorAll("button[data-copy]")) {
  enhanceCopyButton(/** @type {HTMLButtonElement} */ (button), byId("status"))
}
byId("events-retry").addEventListener("click", load)
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return
  events.refreshTimes()
  stream.wake()
})
addEventListener("online", () => stream.wake())
setInterval(() => document.hidden || events.refreshTimes(), REFRESH_MS)
load()

async function load() {
  show("loading")
  try {
    const { events: recent, lastSeq } = await fetchRecentEvents()
    const shown = recent.filter((event) => isShownType(event.type))
    show(shown.length > 0 ? null : "empty")
    for (const event of shown.reverse()) events.add(event)
    stream.start(lastSeq)
  } catch (error) {
    if (error instanceof SignedOut) return location.assign("/auth/login")
    show("failed")
  }
}

/** @param {keyof typeof notes | null} state null = the rows themselves */
function show(state) {
  for (const [name, note] of Object.entries(notes)) note.hidden = name !== state
  list.hidden = state !== null
}
