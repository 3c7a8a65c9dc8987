// @ts-check
import { ApiError, SignedOut } from "./api.js"

/** Somebody else has changed the layout or its draft since this page has looked. */
export class ChangedElsewhere extends Error {
  /** @override */
  name = "ChangedElsewhere"
}

/**
 * What an error of saving or publishing means.
 * @param {any} error
 * @returns {"retry" | "refused" | "stale" | "signed-out"}
 */
export function verdictOf(error) {
  if (error instanceof SignedOut) return "signed-out"
  if (error instanceof ChangedElsewhere) return "stale"
  // Of other conflicts the page tells before they happen; a layout or widget that is gone was removed elsewhere.
  if (error instanceof ApiError) {
    if (error.status === 409 || error.status === 404) return "stale"
    return error.status === 0 || error.status === 429 || error.status >= 500 ? "retry" : "refused"
  }
  return "retry"
}
