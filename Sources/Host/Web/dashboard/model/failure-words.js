// @ts-check
import { ApiError, SignedOut } from "./api.js"
import { t } from "./words.js"

/** Codes of the host whose sentence the pages have; in the two that say what is wrong the host's own words stand. */
const KNOWN = new Map([
  ["VALIDATION_ERROR", "failure.validation"],
  ["CONFLICT", "failure.conflict"],
  ["FORBIDDEN", "failure.forbidden"],
  ["NOT_FOUND", "failure.missing"],
  ["PAYLOAD_TOO_LARGE", "failure.large"],
  ["RATE_LIMITED", "failure.often"],
  ["UNAVAILABLE", "failure.away"],
  ["INTERNAL_ERROR", "failure.broken"],
])

/**
 * What went wrong and what was kept, in the language of the page; `code` tells us which it was.
 *
 * @param {unknown} error
 * @returns {{text: string, code: string}}
 */
export function failureWords(error) {
  if (error instanceof SignedOut) return { text: t("shell.signed-out-body"), code: "" }
  if (!(error instanceof ApiError)) return { text: t("shell.broken"), code: "" }
  if (error.status === 0) return { text: t("shell.unreachable"), code: "" }
  const key = KNOWN.get(error.code)
  return { text: key ? t(key, { reason: error.message }) : error.message, code: `E${error.status}` }
}
