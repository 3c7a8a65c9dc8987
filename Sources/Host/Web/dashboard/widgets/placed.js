// @ts-check
import { showHealth } from "../editor/health.js"
import { iconOf } from "../editor/icons.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { whenSeen } from "../elements/seen.js"
import { listAll } from "../model/api.js"
import { widgetTypes } from "../model/widget-types.js"
import { t } from "../model/words.js"

/**
 * Every widget of every layout, with the way to its settings; one that has stopped says why.
 */
export async function placed() {
  const [layouts, types] = await Promise.all([
    listAll("/api/layouts"),
    widgetTypes(),
  ])
  const known = new Map(types.map((type) => [type.id, type]))
  const rows = layouts.flatMap((layout) =>
    layout.widgets.map((/** @type {any} */ widget) => row(widget, layout, known.get(widget.type)))
  )
  if (rows.length > 0) return [h("ul", { class: "list flush" }, rows)]
  return [
    h(
      "div",
      { class: "state" },
      icon("widgets"),
      h("h3", null, t("widgets.empty")),
      h("p", null, t("widgets.empty-hint")),
      h(
        "a",
        { class: "button primary", href: "/dashboard/overlay" },
        t("widgets.edit-layout"),
      ),
    ),
  ]
}

/**
 * @param {{id: string, type: string, visible: boolean}} widget
 * @param {{id: string, name: string}} layout
 * @param {any} type `undefined` where this host does not offer it any more
 */
function row(widget, layout, type) {
  const name = type?.name ?? widget.type
  const health = h("div", { class: "grow-whole" })
  const settings = h("a", {
    class: "button small",
    href: `/dashboard/overlay?layout=${encodeURIComponent(layout.id)}`,
    "aria-label": t("widgets.settings-name", { name, layout: layout.name }),
  }, t("widgets.settings"))
  const element = h(
    "li",
    { class: "wrap" },
    icon(iconOf(type)),
    h(
      "div",
      { class: "grow" },
      h("p", null, name),
      h("p", { class: "meta" }, layout.name),
    ),
    !type && h("span", { class: "badge warn" }, t("widgets.missing")),
    !widget.visible && h("span", { class: "badge" }, t("widgets.hidden")),
    settings,
    health,
  )
  // The program's own do not stop. There may be a hundred; what cannot be told now is no failure of the list.
  if (type?.kind === "lua") whenSeen(element, () => showHealth(health, widget.id, name, settings).catch(() => {}))
  return element
}
