// @ts-check
import { h } from "../elements/dom.js"

/** @type {Map<string, HTMLElement>} */
const regions = new Map()
// A region that is filled in the moment it appears is not read.
const SETTLE_MS = 50
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
  const fill = () => {
    // A dialog that closes takes along what stands in it.
    if (region.isConnected) region.textContent = text
    else say(region, politeness, text)
  }
  timers.set(politeness, setTimeout(fill, SETTLE_MS))
}
