// @ts-check

/**
 * Copies a text; `false` where there is no clipboard, as without https and away from localhost.
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
