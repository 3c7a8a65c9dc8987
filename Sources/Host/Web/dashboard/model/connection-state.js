// @ts-check

/** @typedef {"connected" | "connecting" | "interrupted" | "needs-login" | "needs-rights" | "off"} ConnectionState */

/**
 * How a connection is, for the streamer.
 *
 * The host says `needs-login` of two: of a login that the platform no longer takes, and of one that works and has fewer
 * rights than the host asks for by now. The second one is `needs-rights`, and loses nothing meanwhile. `connecting` is
 * said of a platform that does not answer, and of one whose socket for events has ended: that is `interrupted`.
 *
 * @param {{status: string, missingScopes: string[], trouble?: string | null}} connection as `GET /api/session` tells it
 * @returns {ConnectionState}
 */
export function connectionState({ status, missingScopes, trouble }) {
  if (status === "connecting" && trouble === "events") return "interrupted"
  if (status === "needs-login" && missingScopes.length > 0) return "needs-rights"
  return /** @type {ConnectionState} */ (status)
}

/**
 * Whether a new login is what helps.
 * @param {ConnectionState} state
 */
export function wantsLogin(state) {
  return state === "needs-login" || state === "needs-rights"
}
