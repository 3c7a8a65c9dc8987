// @ts-check

const CONFIRMATION_MS = 1500

/**
 * Lets a button (`data-copy` = id of the field) copy what the field holds.
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} status a `role=status` region
 */
export function enhanceCopyButton(button, status) {
  const field = document.getElementById(button.dataset.copy ?? "")
  if (!(field instanceof HTMLInputElement)) return
  const label = button.textContent
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  field.addEventListener("focus", () => field.select())
  button.addEventListener("click", async () => {
    const copied = await copy(field)
    clearTimeout(timer)
    status.textContent = copied ? "Overlay address copied" : "Press Ctrl C to copy the selected address"
    if (!copied) return
    button.textContent = "Copied"
    timer = setTimeout(() => {
      button.textContent = label
      status.textContent = ""
    }, CONFIRMATION_MS)
  })
}

/** @param {HTMLInputElement} field */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    // Without https and away from localhost there is no clipboard; a selected field is one key press from it.
    field.focus()
    field.select()
    return false
  }
}
