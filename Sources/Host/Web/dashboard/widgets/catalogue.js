// @ts-check
import { iconOf } from "../editor/icons.js"
import { showLive } from "../editor/live-picture.js"
import { openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { actionButton } from "../elements/section.js"
import { api } from "../model/api.js"
import { FILTERS, matches, subjects } from "../model/catalogue.js"
import { widgetTypes } from "../model/widget-types.js"
import { t } from "../model/words.js"
import { toast } from "../shell/toast.js"

/** @typedef {import("../model/catalogue.js").Entry} Entry */

/**
 * Every type of widget as a card, with a search and chips.
 * @param {() => void} placed a widget has been added
 */
export async function catalogue(placed) {
  /** @type {Entry[]} */
  const types = await widgetTypes()
  let filter = "all"
  const search = h("input", {
    class: "input",
    type: "search",
    id: "catalogue-search",
    "aria-label": t("widgets.search"),
    placeholder: t("widgets.search"),
    autocomplete: "off",
  })
  const chips = FILTERS.map((name) => {
    const chip = h("button", {
      class: "button small",
      type: "button",
      "aria-pressed": String(name === filter),
    })
    chip.textContent = t(`widgets.filter-${name}`)
    chip.addEventListener("click", () => {
      filter = name
      chips.forEach((other) => other.setAttribute("aria-pressed", String(other === chip)))
      sift()
    })
    return chip
  })
  const cards = types.map((type) => ({ type, element: card(type, placed) }))
  const none = h(
    "p",
    { class: "hint", role: "status", hidden: true },
    t("widgets.none"),
  )
  const sift = () => {
    for (const { type, element } of cards) {
      element.hidden = !matches(type, filter, search.value)
    }
    none.hidden = cards.some(({ element }) => !element.hidden)
  }
  search.addEventListener("input", sift)
  return [
    h(
      "div",
      { class: "catalogue-head" },
      search,
      h("div", {
        class: "actions",
        role: "group",
        "aria-label": t("widgets.filters"),
      }, chips),
    ),
    none,
    h("ul", { class: "catalogue" }, cards.map(({ element }) => element)),
  ]
}

/**
 * @param {Entry} type
 * @param {() => void} placed
 */
function card(type, placed) {
  const thumb = h(
    "span",
    { class: "picker-thumb", "aria-hidden": "true" },
    icon(iconOf(type)),
  )
  const more = h(
    "button",
    {
      class: "catalogue-card",
      type: "button",
      "aria-describedby": `about-${type.id}`,
    },
    thumb,
    h("span", { class: "catalogue-name" }, type.name),
  )
  more.addEventListener("click", () => showDetails(type, placed))
  showLive(more, thumb, type)
  const source = type.kind === "lua" ? t("widgets.lua", { version: type.version }) : t("widgets.builtin")
  return h(
    "li",
    { class: "card", dataset: { type: type.id } },
    more,
    h(
      "div",
      { class: "body" },
      h("p", { id: `about-${type.id}`, class: "hint" }, type.description),
      h(
        "div",
        { class: "catalogue-foot" },
        h("span", { class: "badge" }, source),
        actionButton(t("widgets.add"), () => add(type, placed), {
          class: "small",
          "aria-label": t("widgets.add-name", { name: type.name }),
        }),
      ),
    ),
  )
}

/**
 * Places a widget on the layout on air, where there is room first.
 * @param {Entry} type
 * @param {() => void} placed
 */
async function add(type, placed) {
  await api("POST", "/api/widgets", { type: type.id })
  toast(t("widgets.added", { name: type.name }))
  placed()
}

/**
 * @param {Entry} type
 * @param {() => void} placed
 */
function showDetails(type, placed) {
  const reads = subjects(type.events).map((subject) => t(`widgets.reads-${subject}`))
  const may = type.permissions.map((permission) => t(`widgets.may-${permission}`))
  const facts = [
    [
      t("widgets.reads"),
      reads.length > 0 ? reads.join(", ") : t("widgets.reads-nothing"),
    ],
    [
      t("widgets.may"),
      may.length > 0 ? may.join(", ") : t("widgets.may-nothing"),
    ],
    [t("widgets.author"), type.author],
    [t("widgets.version"), type.version],
  ]
  return openDialog({
    title: type.name,
    body: type.description,
    content: [
      h(
        "dl",
        { class: "facts" },
        facts.flatMap((
          [name, value],
        ) => [h("dt", null, name), h("dd", null, value)]),
      ),
    ],
    action: t("widgets.add"),
    cancel: t("widgets.close"),
    submit: () => add(type, placed),
  })
}
