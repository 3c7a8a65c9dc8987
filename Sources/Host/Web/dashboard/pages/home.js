// @ts-check
import { showAddress } from "../home/address.js"
import { showConnections } from "../home/connections.js"
import { EventList } from "../home/event-list.js"
import { NumberTiles } from "../home/numbers.js"
import { Setup } from "../home/setup.js"
import { Sources } from "../home/sources.js"
import { showTestMenu } from "../home/test-event.js"
import { api, list, SignedOut } from "../model/api.js"
import { greetingOf } from "../model/greeting.js"
import { locale, t } from "../model/words.js"
import { sendTest } from "../shell/commands.js"
import { report, signInAgain } from "../shell/failure.js"
import { startShell } from "../shell/shell.js"
import { toast } from "../shell/toast.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */

const REFRESH_MS = 5_000
const SLOW_MS = 8_000
/** A login that ends, or a platform that answers again, is no event of the log. */
const CONNECTIONS_MS = 60_000
const LISTED = ["event:*", "stream:*"]
const NEWEST = `before=${Number.MAX_SAFE_INTEGER}`

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

const rows = byId("events-list")
const notes = {
  loading: byId("events-loading"),
  slow: byId("events-slow"),
  empty: byId("events-empty"),
  failed: byId("events-failed"),
}
const events = new EventList(rows, locale(), replay)
const tiles = new NumberTiles()
const setup = new Setup(byId("setup"), () => showCounts().catch(report))
const sources = new Sources((pages) => {
  const delays = pages.flatMap(({ p95 }) => p95 === null ? [] : [p95])
  tiles.showDelivery(delays.length > 0 ? Math.max(...delays) : null)
  byId("overlay-line").textContent = t(pages.length > 0 ? "home.subtitle-open" : "home.subtitle")
  setup.sawPages(pages)
})
const stream = startShell({
  types: [...LISTED, "chat:message", "alert:shown", "stats:counts", "overlay:presence"],
  waits: true,
  happened,
  changed: (state) => state === "live" && cameBack(),
})
let tries = 0
const connections = () => showConnections().then(({ length }) => setup.sawConnections(length))
/**
 * What stands beside the events and is not known yet, or could not be told.
 *
 * What is known is not asked for again: its part would be drawn anew, without what somebody has typed there.
 * @type {Set<() => Promise<unknown>>}
 */
const missing = new Set([
  () => tiles.load(),
  () => sources.look(),
  connections,
  () => setup.load(),
  showCounts,
  showAddress,
])
/** Whether the list has what was before; what comes until then comes with it. */
let isListed = false

for (const button of document.querySelectorAll("[data-retry]")) button.addEventListener("click", load)
byId("connections-retry").addEventListener("click", () => {
  missing.add(connections)
  loadRest()
})
byId("empty-test").addEventListener("click", () => sendTest("event:follow"))
byId("test-button").addEventListener("click", () => showTestMenu(byId("test-button")))
document.addEventListener("visibilitychange", () => document.hidden || refresh())
setInterval(() => document.hidden || refresh(), REFRESH_MS)
setInterval(() => document.hidden || showConnections().catch(() => {}), CONNECTIONS_MS)
byId("greeting").textContent = t(`home.${greetingOf(new Date().getHours())}`, {
  name: byId("greeting").dataset.name ?? "",
})
load()
loadRest()

/** @param {CanonicalEvent} event */
function happened(event) {
  tiles.add(event)
  setup.happened(event)
  if (event.type === "overlay:presence" || event.type === "alert:shown") sources.look()
  if (event.type.startsWith("event:") || event.type.startsWith("stream:")) {
    if (!isListed) return
    show(null)
    events.add(event)
  } else if (event.type === "chat:message") {
    tiles.refresh()
  }
}

async function load() {
  tries += 1
  const own = tries
  // Who has pressed Try again no longer waits for the answer before.
  const isNewest = () => own === tries
  show("loading")
  const timer = setTimeout(() => isNewest() && show("slow"), SLOW_MS)
  try {
    const { data, meta } = await list(`/api/events?types=${LISTED.join(",")}&${NEWEST}&limit=50`)
    if (!isNewest()) return
    isListed = true
    show(data.length > 0 ? null : "empty")
    for (const event of data.reverse()) events.add(event)
    stream.start(meta.lastSeq)
  } catch (error) {
    if (error instanceof SignedOut) return signInAgain()
    if (!isNewest()) return
    show("failed")
    // What else the page shows goes on.
    stream.start()
  } finally {
    clearTimeout(timer)
  }
}

/** What stands beside the events; each part can fail by itself, and keeps what it knew last. */
function loadRest() {
  for (const part of [...missing]) {
    missing.delete(part)
    part().catch(() => missing.add(part))
  }
}

/** The host is there, or there again: what it could not tell before is asked for once more. */
function cameBack() {
  sources.look()
  loadRest()
}

async function showCounts() {
  const layouts = await list("/api/layouts?perPage=100")
  const onAir = layouts.data.find((layout) => layout.isDefault) ?? layouts.data[0]
  const active = (onAir?.widgets ?? []).filter((/** @type {any} */ widget) => widget.visible).length
  byId("counts").textContent = `${t("home.layouts", { count: layouts.meta?.total ?? layouts.data.length })} · ${
    t("home.active-widgets", { count: active, layout: onAir?.name ?? "" })
  }`
}

function refresh() {
  events.refreshTimes()
  tiles.refresh()
}

/** @param {CanonicalEvent} event */
async function replay(event) {
  try {
    await api("POST", `/api/alerts/${event.seq}/replay`)
    toast(t("home.replayed"))
  } catch (error) {
    await report(error)
  }
}

/** @param {keyof typeof notes | null} state null = the rows themselves */
function show(state) {
  for (const [name, note] of Object.entries(notes)) note.hidden = name !== state
  rows.hidden = state !== null
}
