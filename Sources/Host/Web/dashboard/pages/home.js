// @ts-check
import { enhanceCopyButton } from "../elements/copy-field.js"
import { EventList } from "../home/event-list.js"
import { SignedOut } from "../model/api.js"
import { isShownType, SHOWN_TYPES } from "../model/event-stream.js"
import { fetchRecentEvents } from "../model/recent-events.js"
import { locale } from "../model/words.js"
import { startShell } from "../shell/shell.js"

const REFRESH_MS = 5_000

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

const list = byId("events-list")
const notes = { loading: byId("events-loading"), empty: byId("events-empty"), failed: byId("events-failed") }
const events = new EventList(list, locale())
const stream = startShell({
  types: SHOWN_TYPES,
  waits: true,
  happened(event) {
    show(null)
    events.add(event)
  },
})

for (const button of document.querySelectorAll("button[data-copy]")) {
  enhanceCopyButton(/** @type {HTMLButtonElement} */ (button))
}
byId("events-retry").addEventListener("click", load)
document.addEventListener("visibilitychange", () => document.hidden || events.refreshTimes())
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
