// @ts-check
import { LayoutEditor } from "../editor/layout-editor.js"
import { h } from "../elements/dom.js"
import { listAll } from "../model/api.js"
import { widgetTypes } from "../model/widget-types.js"
import { t } from "../model/words.js"
import { messageOf } from "../shell/failure.js"
import { startShell } from "../shell/shell.js"

/** After so long a page says that it is still at it. */
const SLOW_MS = 8_000

let tries = 0

startShell()
void load()

async function load() {
  tries += 1
  const own = tries
  // Who has pressed Try again no longer waits for the answer before.
  const isNewest = () => own === tries
  const content = /** @type {HTMLElement} */ (document.getElementById("content"))
  content.setAttribute("aria-busy", "true")
  content.replaceChildren(skeleton())
  const slow = setTimeout(() => isNewest() && content.prepend(state(t("editor.still-loading"), "")), SLOW_MS)
  try {
    const [layouts, types] = await Promise.all([listAll("/api/layouts"), widgetTypes()])
    if (!isNewest()) return
    const editor = new LayoutEditor()
    // Nobody may edit what would not be saved: it is shown with its layout, or not at all.
    editor.hidden = true
    content.append(editor)
    await editor.start(layouts, types)
    if (!isNewest()) return
    for (const other of [...content.children]) if (other !== editor) other.remove()
    editor.hidden = false
  } catch (error) {
    if (isNewest()) content.replaceChildren(state(t("editor.load-failed"), messageOf(error)))
  } finally {
    clearTimeout(slow)
    if (isNewest()) content.removeAttribute("aria-busy")
  }
}

function skeleton() {
  const bars = (/** @type {number} */ count) => Array.from({ length: count }, () => h("div", { class: "skeleton" }))
  return h(
    "div",
    { class: "editor-skeleton", "aria-hidden": "true" },
    h("div", { class: "skeleton-bar" }, bars(3)),
    h("div", { class: "skeleton-layers" }, bars(4)),
    h("div", { class: "skeleton-stage" }, h("div", { class: "skeleton" })),
    h("div", { class: "skeleton-inspector" }, bars(5)),
  )
}

/**
 * @param {string} title
 * @param {string} text
 */
function state(title, text) {
  return h(
    "div",
    { class: "state", role: "alert" },
    h("h2", null, title),
    text && h("p", null, text),
    h("button", { class: "button", type: "button", onclick: () => void load() }, t("editor.retry")),
  )
}
