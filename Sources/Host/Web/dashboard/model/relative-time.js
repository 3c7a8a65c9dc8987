// @ts-check
import { t, timeZone } from "./words.js"

/** Seconds that nobody counts. */
export const MOMENT = 5
const MINUTE = 60
const HOUR = 60 * MINUTE
/** Seconds. */
export const DAY = 24 * HOUR

/**
 * How long ago: "now", "12 s", "4 min", "3 h", after a day the local date.
 * @param {number} then milliseconds
 * @param {number} now milliseconds
 * @param {string} [locale]
 * @param {typeof t} [say]
 */
export function relativeTime(then, now, locale, say = t) {
  const seconds = Math.floor((now - then) / 1000)
  // The platform's clock may be a little ahead of this computer's.
  if (seconds < MOMENT) return say("time.now")
  if (seconds < MINUTE) return say("time.seconds", { count: seconds })
  if (seconds < HOUR) return say("time.minutes", { count: Math.floor(seconds / MINUTE) })
  if (seconds < DAY) return say("time.hours", { count: Math.floor(seconds / HOUR) })
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: timeZone() }).format(then)
}
