// @ts-check
import { AlertPanel } from "../alerts/panel.js"
import { ALERT_TYPES, changesAlerts, remember } from "../model/alert-board.js"
import { api, list, SignedOut } from "../model/api.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { report, signInAgain } from "../shell/failure.js"
import { startShell } from "../shell/shell.js"
import { toast } from "../shell/toast.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */
/** @typedef {import("../model/alert-board.js").AlertState} AlertState */

// Several rows come at once: the event, that it was shown, that the next one waits.
const SETTLE_MS = 80
// That an alert's time is over stands in no log; only while one is on screen is there anything to ask for.
const SHOWING_MS = 1_500
const TIMES_MS = 5_000
const SLOW_MS = 8_000

const panel = new AlertPanel({ pause, skip: () => command("skip", "alerts.skipped"), clear, replay, retry: begin })
/** @type {AlertState | null} */
let state = null
/** @type {CanonicalEvent[]} newest first */
let known = []
let tries = 0
let isLooking = false
let mustLookAgain = false
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

const stream = startShell({
  types: ["alert:*", "event:*", "overlay:presence", "chat:delete", "chat:clear"],
  waits: true,
  happened(event) {
    known = remember(known, event)
    if (state && changesAlerts(event.type)) lookIn(SETTLE_MS)
  },
  changed(link) {
    panel.showLink(link)
    if (link === "live" && state) lookIn(0)
  },
})
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return
  // Where nothing is known yet, an answer about now would claim that nothing was before.
  if (state) lookIn(0)
  else begin()
})
setInterval(() => document.hidden || panel.refreshTimes(), TIMES_MS)
begin()

async function begin() {
  tries += 1
  const own = tries
  const slow = setTimeout(() => own === tries && panel.showSlow(), SLOW_MS)
  try {
    const { data, meta } = await list(
      `/api/events?types=${ALERT_TYPES.join(",")}&before=${Number.MAX_SAFE_INTEGER}&limit=30`,
    )
    // Who has pressed Try again no longer waits for the answer before.
    if (own !== tries) return
    known = data
    await look()
    stream.start(meta.lastSeq)
  } catch (error) {
    if (error instanceof SignedOut) return signInAgain()
    if (own !== tries) return
    panel.showFailure()
    // The chip in the bar goes on.
    stream.start()
  } finally {
    clearTimeout(slow)
  }
}

/** @param {number} milliseconds */
function lookIn(milliseconds) {
  clearTimeout(timer)
  timer = setTimeout(() => look().catch(() => panel.showLink("reconnecting")), milliseconds)
}

/** Asks what is on screen and what waits; what is asked for meanwhile is asked once more afterwards. */
async function look() {
  if (isLooking) {
    mustLookAgain = true
    return
  }
  isLooking = true
  try {
    const [alerts, overlays] = await Promise.all([api("GET", "/api/alerts"), list("/api/overlays?perPage=1")])
    state = /** @type {AlertState} */ (alerts)
    panel.show(state, known, (overlays.meta?.total ?? overlays.data.length) > 0)
  } finally {
    isLooking = false
  }
  if (mustLookAgain) {
    mustLookAgain = false
    await look()
  } else if (state?.current && !document.hidden) {
    lookIn(SHOWING_MS)
  }
}

function pause() {
  return state?.paused ? command("resume", "alerts.resumed") : command("pause", "alerts.now-paused")
}

async function clear() {
  const cleared = state?.waiting ?? []
  if (!await command("clear", "")) return
  toast(t("alerts.cleared", { count: cleared.length }), {
    undo: async () => {
      // Of several that are replayed the first comes first.
      for (const { seq } of cleared) if (!await command(`${seq}/replay`, "")) return
    },
  })
}

/** @param {CanonicalEvent} event */
async function replay(event) {
  if (await command(`${event.seq}/replay`, "")) toast(t("home.replayed"))
}

/**
 * @param {string} name
 * @param {string} said what those who hear the page are told
 */
async function command(name, said) {
  try {
    await api("POST", `/api/alerts/${name}`)
    if (said) announce(t(said))
    lookIn(SETTLE_MS)
    return true
  } catch (error) {
    await report(error)
    return false
  }
}
