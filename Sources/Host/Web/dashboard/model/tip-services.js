// @ts-check
import { platformTitle } from "./platforms.js"
import { DAY, MOMENT, relativeTime } from "./relative-time.js"
import { t } from "./words.js"

/**
 * Where tips of a service arrive, as `/api/tip-sources` tells it.
 * @typedef {{id: string, service: string, address: string, lastDeliveryAt: string | null}} TipSource
 */

/** The host takes no more of them. */
export const MOST_SOURCES = 10

/**
 * What each source is called, by its id: by its service, with a number from the second one of the same on.
 * @param {TipSource[]} sources
 */
export function sourceNames(sources) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  return new Map(sources.map(({ id, service }) => {
    const count = (counts.get(service) ?? 0) + 1
    counts.set(service, count)
    const name = platformTitle(service)
    return [id, count > 1 ? `${name} ${count}` : name]
  }))
}

/**
 * Whether a text may be the secret of a service; what Stripe signs with begins with `whsec_`
 * (https://docs.stripe.com/webhooks).
 * @param {string} service
 * @param {string} text
 */
export function mayBeSecret(service, text) {
  return service === "stripe" ? /^whsec_./.test(text.trim()) : text.trim() !== ""
}

/**
 * "Last delivery 4 min ago"; after a day the date of it.
 * @param {string | null} at
 * @param {number} now milliseconds
 * @param {string} [locale]
 * @param {typeof t} [say]
 */
export function deliveredAgo(at, now, locale, say = t) {
  if (at === null) return say("services.none-yet")
  const then = Date.parse(at)
  const seconds = Math.floor((now - then) / 1000)
  if (seconds < MOMENT) return say("services.delivered-now")
  const key = seconds < DAY ? "services.delivered-ago" : "services.delivered-on"
  return say(key, { time: relativeTime(then, now, locale, say) })
}
