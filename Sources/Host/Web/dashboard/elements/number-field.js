// @ts-check

/**
 * Writes a number into its field, but not over what somebody is typing there.
 * @param {HTMLInputElement} input
 * @param {number} value
 */
export function showNumber(input, value) {
  const text = String(value)
  // The default is what the field was given last.
  const isTyped = input.value !== input.defaultValue && input.value !== text
  if (isTyped && input === document.activeElement) return
  input.defaultValue = text
  input.value = text
}
