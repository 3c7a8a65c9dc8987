// @ts-check

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * How long ago: "now", "12 s", "4 min", "3 h", after a day the local date.
 * @param {number} then milliseconds
 * @param {number} now milliseconds
 * @param {string} [locale]
 */
export function relativeTime(then, now, locale) {
  const seconds = Math.floor((now - then) / 1000)
  // The platform's clock may be a little ahead of this computer's.
  if (seconds < 5) return "now"
  if (seconds < MINUTE) return `${seconds} s`
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(then)
}
