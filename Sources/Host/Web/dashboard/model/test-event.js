// @ts-check

/** @typedef {{name: string, amount: string, message: string, count: string}} TestFields as they were typed */

/** Which fields a test event of a type has besides the name. */
export const TEST_FIELDS = new Map([
  ["event:follow", []],
  ["event:subscribe", ["message"]],
  ["event:tip", ["amount", "message"]],
  ["event:raid", ["count"]],
  ["event:redemption", ["message"]],
  ["chat:message", ["message"]],
])

/** The largest tip that can be tried out, in whole units of its currency. */
export const MOST = 1_000_000

/**
 * What is sent as the event's payload; a field that was left empty keeps what the sample says.
 * @param {string} type
 * @param {TestFields} fields
 */
export function testPayload(type, fields) {
  const name = fields.name.trim()
  const message = fields.message.trim()
  const has = (/** @type {string} */ field) => TEST_FIELDS.get(type)?.includes(field)
  /** @type {Record<string, any>} */
  const payload = {}
  if (name) payload.user = { id: `test-${name.toLowerCase()}`, login: name.toLowerCase(), displayName: name }
  if (has("amount") && fields.amount.trim()) {
    payload.amount = { minor: Math.round(numberOf(fields.amount) * 100), currency: "EUR" }
  }
  if (has("count") && fields.count.trim()) payload.viewers = numberOf(fields.count)
  if (has("message") && message) {
    if (type === "chat:message") payload.text = message
    else if (type === "event:redemption") payload.input = message
    else payload.message = message
  }
  return payload
}

/**
 * What is wrong with a typed field; `home.<it>` is how it is said, `null` that it fits.
 * @param {"amount" | "count"} field
 * @param {string} text
 */
export function testProblem(field, text) {
  if (!text.trim()) return null
  const number = numberOf(text)
  const isWhole = field === "amount" || Number.isInteger(number)
  const least = field === "amount" ? 0.01 : 1
  return isWhole && number >= least && number <= MOST ? null : `problem-${field}`
}

/**
 * A number as people type it, with a point or a comma.
 * @param {string} text
 */
function numberOf(text) {
  return /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : NaN
}
