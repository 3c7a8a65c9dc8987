// @ts-check
import { h } from "../elements/dom.js"

/** @type {Map<string, HTMLElement>} */
const regions = new Map()
// A region that is filled in the moment it appears is not read.
const SETTLE_MS = 50
// A dialog that goes so soon after it cuts off what was being read in it.
const READ_MS = 1000
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map()

/**
 * Says something to people who hear the page; of several at once the last.
 * @param {string} text
 * @param {{assertive?: boolean}} [options] assertive = interrupts what is being read
 */
export function announce(text, { assertive = false } = {}) {
  const politeness = assertive ? "assertive" : "polite"
  let region = regions.get(politeness)
  if (!region) {
    region = h("div", { class: "visually-hidden", "aria-live": politeness, "aria-atomic": "true" })
    regions.set(politeness, region)
  }
  clearTimeout(timers.get(politeness))
  say(region, politeness, text)
}

/**
 * @param {HTMLElement} region
 * @param {string} politeness
 * @param {string} text
 */
function say(region, politeness, text) {
  // Everything outside an open dialog is silent.
  const home = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body
  if (region.parentNode !== home) home.append(region)
  region.textContent = ""
  // A dialog that closes takes along what stands in it.
  const stands = () => {
    if (region.isConnected) return true
    say(region, politeness, text)
    return false
  }
  const fill = () => {
    if (!stands()) return
    region.textContent = text
    timers.set(politeness, setTimeout(stands, READ_MS))
  }
  timers.set(politeness, setTimeout(fill, SETTLE_MS))
}
