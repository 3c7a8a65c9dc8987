// @ts-check

/** @typedef {import("./event-sentence.js").CanonicalEvent} CanonicalEvent */

// "Before" the largest number JSON carries exactly: simply the newest.
const NEWEST = "/api/events?before=9007199254740991&limit=50"

/** The session is over; only signing in again helps. */
export class SignedOut extends Error {
  /** @override */
  name = "SignedOut"
}

/** @returns {Promise<{events: CanonicalEvent[], lastSeq: number}>} newest first */
export async function fetchRecentEvents() {
  const response = await fetch(NEWEST, { headers: { Accept: "application/json" } })
  if (response.status === 401) throw new SignedOut()
  if (!response.ok) throw new Error(`the events could not be loaded: ${response.status}`)
  const { data, meta } = await response.json()
  return { events: data, lastSeq: meta.lastSeq }
}
