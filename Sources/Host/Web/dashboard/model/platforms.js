// @ts-check

/** The platforms, each with the name that it has for everybody. */
export const PLATFORMS = new Map([["twitch", "Twitch"], ["kick", "Kick"]])

/** Services that tell of tips, from which events come as from a platform. */
export const TIP_SERVICES = new Map([["kofi", "Ko-fi"], ["stripe", "Stripe"], ["buymeacoffee", "Buy Me a Coffee"]])

/** @param {string} platform or a tip service */
export function platformTitle(platform) {
  return PLATFORMS.get(platform) ?? TIP_SERVICES.get(platform) ?? platform
}
