// @ts-check
import { DAY, relativeTime } from "./relative-time.js"
import { t } from "./words.js"

/**
 * "Saved 4 min ago"; after a day the date on which it was saved.
 * @param {number} then milliseconds
 * @param {number} now milliseconds
 * @param {string} [locale]
 * @param {typeof t} [say]
 */
export function savedAgo(then, now, locale, say = t) {
  const key = now - then < DAY * 1000 ? "editor.save-ago" : "editor.save-on"
  return say(key, { time: relativeTime(then, now, locale, say) })
}
