// @ts-check

/** The platforms, each with the name that it has for everybody. */
export const PLATFORMS = new Map([["twitch", "Twitch"], ["kick", "Kick"]])

/** @param {string} platform */
export function platformTitle(platform) {
  return PLATFORMS.get(platform) ?? platform
}
