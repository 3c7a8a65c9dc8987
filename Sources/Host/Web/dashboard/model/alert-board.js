// @ts-check

/** @typedef {import("./event-sentence.js").CanonicalEvent} CanonicalEvent */
/** @typedef {{paused: boolean, current: CanonicalEvent | null, waiting: CanonicalEvent[]}} AlertState */

/** Of these an overlay makes alerts. */
export const ALERT_TYPES = ["event:follow", "event:subscribe", "event:tip", "event:raid", "event:redemption"]
const MOST_PAST = 30

/**
 * Whether what is on screen or waits may be another after this.
 * @param {string} type
 */
export function changesAlerts(type) {
  return type.startsWith("alert:") || type === "overlay:presence" || type === "chat:delete" || type === "chat:clear" ||
    ALERT_TYPES.includes(type)
}

/**
 * The alerts that are over, newest first.
 * @param {CanonicalEvent[]} known newest first
 * @param {AlertState} state
 */
export function pastAlerts(known, { current, waiting }) {
  const open = new Set([current, ...waiting].map((event) => event?.id))
  return known.filter((event) => !open.has(event.id)).slice(0, MOST_PAST)
}

/**
 * The list with one more, and without those that nobody will look at.
 * @param {CanonicalEvent[]} known newest first
 * @param {CanonicalEvent} event
 */
export function remember(known, event) {
  return ALERT_TYPES.includes(event.type) ? [event, ...known].slice(0, 2 * MOST_PAST) : known
}
