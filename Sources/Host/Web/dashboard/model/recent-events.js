// @ts-check
import { list } from "./api.js"

/** @typedef {import("./event-sentence.js").CanonicalEvent} CanonicalEvent */

// "Before" the largest number JSON carries exactly: simply the newest.
const NEWEST = "/api/events?before=9007199254740991&limit=50"

/** @returns {Promise<{events: CanonicalEvent[], lastSeq: number}>} newest first */
export async function fetchRecentEvents() {
  const { data, meta } = await list(NEWEST)
  return { events: data, lastSeq: meta.lastSeq }
}
