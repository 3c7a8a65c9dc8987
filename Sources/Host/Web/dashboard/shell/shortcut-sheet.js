// @ts-check
import { showDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { t } from "../model/words.js"

const KEYS = [
  ["search", ["Ctrl K"]],
  ["sheet", ["?"]],
  ["home", ["g", "h"]],
  ["layouts", ["g", "l"]],
  ["widgets", ["g", "w"]],
  ["theme", ["g", "t"]],
  ["settings", ["g", "s"]],
  ["test", ["t"]],
]
const EDITOR_KEYS = [
  ["next", ["Tab"]],
  ["move", ["← ↑ → ↓"]],
  ["resize", ["Shift ← ↑ → ↓"]],
  ["resize-free", ["Alt ← ↑ → ↓"]],
  ["order", ["[", "]"]],
  ["ends", ["{", "}"]],
  ["undo", ["Ctrl Z"]],
  ["redo", ["Ctrl Y"]],
  ["duplicate", ["Ctrl D"]],
  ["remove", ["Del"]],
  ["cancel", ["Esc"]],
  ["add", ["a"]],
  ["preview", ["p"]],
  ["fit", ["Alt F"]],
  ["full", ["Alt X"]],
]

/** Shows every shortcut that works on this page. */
export function showShortcuts() {
  const isEditor = document.body.dataset.page === "editor"
  const isOff = document.body.dataset.shortcuts === "off"
  showDialog({
    title: t("shortcuts.title"),
    content: [
      h("dl", { class: "shortcuts" }, rows(isEditor ? [...KEYS, ...EDITOR_KEYS] : KEYS)),
      h("p", { class: "hint" }, t(isOff ? "shortcuts.off" : "shortcuts.hint")),
    ],
  })
}

/** @param {any[][]} keys */
function rows(keys) {
  return keys.flatMap(([name, strokes]) => [
    h("dt", null, t(`shortcuts.${name}`)),
    h("dd", null, strokes.map((/** @type {string} */ stroke) => h("kbd", null, stroke))),
  ])
}
