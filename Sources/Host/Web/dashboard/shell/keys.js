// @ts-check
import { ShortcutKeys } from "../model/shortcut-keys.js"

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])"

/** Listens for the shortcuts of every page. Single letters mean nothing while somebody types or a dialog is open. */
export function watchKeys() {
  const keys = new ShortcutKeys()
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault()
      return run("palette")
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || areOff()) return
    const command = keys.press(event.key, event.timeStamp)
    if (!command) return
    event.preventDefault()
    if ("go" in command) location.assign(command.go)
    else run(command.run)
  })
}

/** @param {KeyboardEvent} event */
function isTyping(event) {
  return event.target instanceof Element && event.target.matches(TYPING)
}

function areOff() {
  return document.body.dataset.shortcuts === "off" || document.querySelector("dialog:modal") !== null
}

/** @param {"palette" | "test" | "sheet"} command */
async function run(command) {
  // Few visits need these, so they are fetched when they are.
  if (command === "palette") return (await import("./palette.js")).openPalette()
  if (command === "sheet") return (await import("./shortcut-sheet.js")).showShortcuts()
  await (await import("./commands.js")).sendTest()
}
