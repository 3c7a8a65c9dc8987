// @ts-check
import { moneyText } from "./money.js"
import { t } from "./words.js"

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

/** @typedef {typeof t} Say */
/** @typedef {(payload: any, locale: string | undefined, say: Say) => string} Sentence */

/** @type {Map<string, Sentence>} */
const sentences = new Map([
  ["chat:message", (chat, _, say) => `${nameOf(chat.user, say)}${chat.isAction ? " " : ": "}${chat.text}`],
  ["event:follow", (follow, _, say) => say("event.followed", { name: nameOf(follow.user, say) })],
  ["event:subscribe", subscription],
  ["event:tip", tip],
  ["event:raid", (raid, _, say) => say("event.raid", { name: nameOf(raid.user, say), count: raid.viewers })],
  ["event:redemption", redemption],
  ["stream:online", (_, __, say) => say("event.online")],
  ["stream:offline", (_, __, say) => say("event.offline")],
  ["stream:update", streamUpdate],
])

const KINDS = new Map([
  ["chat:message", "chat"],
  ["event:follow", "follow"],
  ["event:subscribe", "sub"],
  ["event:tip", "tip"],
  ["event:raid", "raid"],
  ["event:redemption", "reward"],
])

/**
 * What happened, in plain words.
 * @param {CanonicalEvent} event
 * @param {string} [locale]
 * @param {Say} [say]
 */
export function eventSentence(event, locale, say = t) {
  const sentence = sentences.get(event.type)
  const payload = event.payload ?? {}
  return sentence ? sentence(payload, locale, say) : `${nameOf(payload.user, say)}: ${event.type}`
}

/**
 * The kind of an event as one word; `kind.<it>` is how it is called.
 * @param {string} type
 */
export function eventKind(type) {
  return KINDS.get(type) ?? (type.startsWith("stream:") ? "stream" : "other")
}

/**
 * @param {{displayName?: string, login?: string} | null | undefined} user
 * @param {Say} say
 */
function nameOf(user, say) {
  return user?.displayName || user?.login || say("event.someone")
}

/** @type {Sentence} */
function subscription({ user, kind, tier, prime, months, message, gifter, giftCount }, _, say) {
  const name = nameOf(user, say)
  if (kind === "gift" && !user) return say("event.gifted", { name: nameOf(gifter, say), count: giftCount })
  if (kind === "gift") return say("event.gift", { name, gifter: nameOf(gifter, say) })

  const level = prime ? "prime" : tier === "2000" || tier === "3000" ? `tier${tier[0]}` : "plain"
  const duration = kind === "renewal" && months > 1 ? ` ${say("event.months", { count: months })}` : ""
  return `${say(`event.subscribed-${level}`, { name })}${duration}${quoted(message)}`
}

/** @type {Sentence} */
function tip({ user, amount, kind, message }, locale, say) {
  const verb = kind === "bits" ? "cheered" : kind === "kicks" ? "sent" : "tipped"
  const args = { name: nameOf(user, say), amount: moneyText(amount, locale, say) }
  return `${say(`event.${verb}`, args)}${quoted(message)}`
}

/** @type {Sentence} */
function redemption({ user, reward, input }, _, say) {
  const args = { name: nameOf(user, say), reward: reward?.title ?? say("event.reward") }
  return `${say("event.redeemed", args)}${quoted(input)}`
}

/** @type {Sentence} */
function streamUpdate({ title, category }, _, say) {
  const game = typeof category === "string" ? category : category?.name
  const args = { title: title ?? "", game: game ?? "" }
  return say(game ? "event.update-game" : "event.update", args)
}

/**
 * A message is text, or text with fragments.
 * @param {string | {text?: string} | null | undefined} message
 */
function quoted(message) {
  const text = typeof message === "string" ? message : message?.text
  return text ? `: ${text}` : ""
}
