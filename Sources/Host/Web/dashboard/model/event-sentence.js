// @ts-check
import { moneyText } from "./money.js"

/**
 * @typedef {object} CanonicalEvent
 * @property {string} id
 * @property {number} seq
 * @property {string} type
 * @property {string} platform
 * @property {string} occurredAt
 * @property {boolean} test
 * @property {any} payload
 */

/** @typedef {(payload: any, locale?: string) => string} Sentence */

/** @type {Map<string, Sentence>} */
const sentences = new Map([
  ["chat:message", (chat) => `${nameOf(chat.user)}${chat.isAction ? " " : ": "}${chat.text}`],
  ["event:follow", (follow) => `${nameOf(follow.user)} followed`],
  ["event:subscribe", subscription],
  ["event:tip", tip],
  ["event:raid", (raid, locale) => `Raid of ${count(raid.viewers, locale)} by ${nameOf(raid.user)}`],
  ["event:redemption", redemption],
  ["stream:online", () => "The stream started"],
  ["stream:offline", () => "The stream ended"],
  ["stream:update", streamUpdate],
])

const KINDS = new Map([
  ["chat:message", "Chat"],
  ["event:follow", "Follow"],
  ["event:subscribe", "Sub"],
  ["event:tip", "Tip"],
  ["event:raid", "Raid"],
  ["event:redemption", "Reward"],
])

/**
 * What happened, in plain words.
 * @param {CanonicalEvent} event
 * @param {string} [locale]
 */
export function eventSentence(event, locale) {
  const sentence = sentences.get(event.type)
  return sentence ? sentence(event.payload ?? {}, locale) : `${nameOf(event.payload?.user)}: ${event.type}`
}

/**
 * The one word before the sentence.
 * @param {string} type
 */
export function eventKind(type) {
  return KINDS.get(type) ?? (type.startsWith("stream:") ? "Stream" : "Event")
}

/** @param {{displayName?: string, login?: string} | null | undefined} user */
function nameOf(user) {
  return user?.displayName || user?.login || "Someone"
}

/**
 * @param {number} number
 * @param {string} [locale]
 */
function count(number, locale) {
  return new Intl.NumberFormat(locale).format(number)
}

/** @type {Sentence} */
function subscription({ user, kind, tier, prime, months, message, gifter, giftCount }, locale) {
  if (kind === "gift" && !user) {
    return `${nameOf(gifter)} gifted ${count(giftCount, locale)} ${giftCount === 1 ? "subscription" : "subscriptions"}`
  }
  if (kind === "gift") return `${nameOf(user)} got a subscription from ${nameOf(gifter)}`

  const level = prime ? " with Prime" : tier === "2000" ? " at tier 2" : tier === "3000" ? " at tier 3" : ""
  const duration = kind === "renewal" && months > 1 ? ` for ${count(months, locale)} months` : ""
  return `${nameOf(user)} subscribed${level}${duration}${quoted(message)}`
}

/** @type {Sentence} */
function tip({ user, amount, kind, message }, locale) {
  const verb = kind === "bits" ? "cheered" : kind === "kicks" ? "sent" : "tipped"
  return `${nameOf(user)} ${verb} ${moneyText(amount, locale)}${quoted(message)}`
}

/** @type {Sentence} */
function redemption({ user, reward, input }) {
  return `${nameOf(user)} redeemed ${reward?.title ?? "a reward"}${quoted(input)}`
}

/** @type {Sentence} */
function streamUpdate({ title, category }) {
  const game = typeof category === "string" ? category : category?.name
  return `The stream is now “${title ?? ""}”${game ? ` in ${game}` : ""}`
}

/**
 * A message is text, or text with fragments.
 * @param {string | {text?: string} | null | undefined} message
 */
function quoted(message) {
  const text = typeof message === "string" ? message : message?.text
  return text ? `: ${text}` : ""
}
