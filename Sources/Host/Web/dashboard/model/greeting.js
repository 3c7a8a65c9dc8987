// @ts-check

/**
 * How one is greeted at that hour; `home.<it>` is what is said.
 * @param {number} hour 0 to 23, where the streamer is
 */
export function greetingOf(hour) {
  if (hour >= 5 && hour < 12) return "morning"
  if (hour >= 12 && hour < 18) return "afternoon"
  return "evening"
}
