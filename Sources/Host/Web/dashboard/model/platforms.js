// @ts-check

/** The platforms, each with the name that it has for everybody. */
export const PLATFORMS = new Map([["twitch", "Twitch"], ["kick", "Kick"]])

/** Services that tell of tips, from which events come as from a platform. */
export const TIP_SERVICES = new Map([["kofi", "Ko-fi"], ["stripe", "Stripe"], ["buymeacoffee", "Buy Me a Coffee"]])

/**
 * What of a connection is in trouble and tried again by itself: `events` or `chat`, whose socket has ended, `refused`
 * where the platform does not grant some of the events, or `answers` where it does not answer; `null` where nothing
 * is, and where a new login is what helps.
 * @param {{status: string, trouble?: string | null}} connection
 * @returns {"events" | "chat" | "refused" | "answers" | null}
 */
export function troubleOf({ status, trouble }) {
  if (status !== "connected" && status !== "connecting") return null
  if (trouble === "events" || trouble === "chat" || trouble === "refused") return trouble
  return status === "connecting" ? "answers" : null
}

/** @param {string} platform or a tip service */
export function platformTitle(platform) {
  return PLATFORMS.get(platform) ?? TIP_SERVICES.get(platform) ?? platform
}
