// @ts-check
import { browserEnvironment, socketAddress } from "../../realtime/browser.js"
import { enhanceMenu } from "../elements/menu.js"
import { watchTooltips } from "../elements/tooltip.js"
import { EventStream } from "../model/event-stream.js"
import { LinkChip } from "./link-chip.js"
import { watchKeys } from "./keys.js"

/** @typedef {import("../model/event-sentence.js").CanonicalEvent} CanonicalEvent */
/** @typedef {import("./link-chip.js").LinkState} LinkState */

/**
 * @typedef {object} PageWishes
 * @property {string[]} [types] events that the page wants to hear of
 * @property {(event: CanonicalEvent) => void} [happened]
 * @property {(state: LinkState) => void} [changed]
 * @property {boolean} [waits] whether the page itself says from which event on, with `start`
 */

const PRESENCE = "overlay:presence"

/**
 * Brings to life what every page has: the chip, menus, search, shortcuts. One socket serves all of it.
 * @param {PageWishes} [wishes]
 */
export function startShell({ types = [], happened, changed, waits = false } = {}) {
  const chip = new LinkChip()
  /** @type {LinkState} of the socket, which may outlive a network that goes and comes back */
  let last = "connecting"
  const stream = new EventStream(
    socketAddress(),
    {
      happened(event) {
        if (event.type === PRESENCE) chip.lookAgain()
        if (event.type !== PRESENCE || types.includes(PRESENCE)) happened?.(event)
      },
      changed(state, delayMs) {
        last = state
        chip.show(state, delayMs)
        changed?.(state)
      },
    },
    browserEnvironment(),
    [...new Set([...types, PRESENCE])],
  )

  for (const menu of document.querySelectorAll(".menu[popover]")) enhanceMenu(/** @type {HTMLElement} */ (menu))
  watchTooltips()
  watchKeys()
  chooseLook()
  document.getElementById("palette-button")?.addEventListener("click", () => loadPalette())
  document.getElementById("shortcuts-button")?.addEventListener("click", () => {
    document.getElementById("account-menu")?.hidePopover()
    loadSheet()
  })
  document.addEventListener("visibilitychange", () => document.hidden || stream.wake())
  addEventListener("offline", () => {
    chip.show("offline")
    changed?.("offline")
  })
  addEventListener("online", () => {
    chip.show(last)
    changed?.(last)
    stream.wake()
  })
  if (!waits) stream.start()
  return stream
}

async function loadPalette() {
  const { openPalette } = await import("./palette.js")
  openPalette()
}

async function loadSheet() {
  const { showShortcuts } = await import("./shortcut-sheet.js")
  showShortcuts()
}

/** Dark, light, or as the system has it; the host reads the cookie, so that a page never begins in the wrong one. */
function chooseLook() {
  const root = document.documentElement
  /** @type {HTMLElement[]} */
  const buttons = [...document.querySelectorAll("#look-choice [data-look]")].map((
    button,
  ) => /** @type {any} */ (button))
  const mark = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.look === (root.dataset.theme ?? "")))
    }
  }
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const look = button.dataset.look ?? ""
      if (look) root.dataset.theme = look
      else delete root.dataset.theme
      document.cookie = `streamvibes_look=${look}; path=/; max-age=${look ? 31_536_000 : 0}; samesite=lax`
      mark()
    })
  }
  mark()
}
