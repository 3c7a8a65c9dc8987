// @ts-check
import { ask } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { secretField } from "../elements/secret-field.js"
import { actionButton } from "../elements/section.js"
import { api } from "../model/api.js"
import { platformTitle, TIP_SERVICES } from "../model/platforms.js"
import { deliveredAgo, MOST_SOURCES, sourceNames } from "../model/tip-services.js"
import { locale, t } from "../model/words.js"
import { isSeen } from "../shell/live.js"
import { toast } from "../shell/toast.js"
import { addTipService } from "./tip-service-entry.js"

/** @typedef {import("../model/tip-services.js").TipSource} TipSource */

const PATH = "/api/tip-sources"
/** The part of the page. */
export const TIP_SERVICES_PART = "tip-services"

/**
 * Each service whose tips come here, with the address that it needs and what came from it last.
 * @param {() => Promise<void>} again
 */
export async function tipServices(again) {
  /** @type {TipSource[]} */
  const sources = await api("GET", PATH)
  const names = sourceNames(sources)
  const add = async () => {
    const made = await addTipService()
    if (made) await goOn(made, again)
  }
  const button = actionButton(t("services.add"), add, { "aria-haspopup": "dialog" })
  const list = h("ul", { class: "list between" }, sources.map((one) => row(one, names.get(one.id) ?? "", again)))
  const foot = sources.length < MOST_SOURCES
    ? h("div", { class: "actions" }, button)
    : h("p", { class: "hint" }, t("services.full", { count: sources.length }))
  return [
    h("p", { class: "hint" }, t("services.hint")),
    document.body.dataset.delivers !== "yes" && h("p", { class: "hint" }, t("services.no-https")),
    ...sources.length > 0 ? [list, foot] : [nothingYet(button)],
  ]
}

/** @param {HTMLElement} button */
function nothingYet(button) {
  const coin = icon("coin")
  coin.classList.add("large")
  return h(
    "div",
    { class: "state" },
    coin,
    h("h3", null, t("services.empty")),
    h("p", null, t("services.empty-hint")),
    button,
  )
}

let isAsking = false
let isDue = false

/** Looks what came last from each source that stands there; nothing else of them changes. */
export async function refreshDeliveries() {
  isDue = true
  if (isAsking) return
  isAsking = true
  try {
    // However many tips come meanwhile, they are one look.
    while (isDue) {
      isDue = false
      await lookAtDeliveries()
    }
  } catch {
    // What was known stays, and the next look comes by itself.
  } finally {
    isAsking = false
  }
}

async function lookAtDeliveries() {
  /** @type {NodeListOf<HTMLElement>} */
  const found = document.querySelectorAll(`#${TIP_SERVICES_PART} li`)
  if (found.length === 0) return
  const rows = new Map([...found].map((element) => [element.dataset.source, element]))
  /** @type {TipSource[]} */
  const sources = await api("GET", PATH)
  for (const { id, lastDeliveryAt } of sources) tell(rows.get(id), lastDeliveryAt)
}

/**
 * @param {HTMLElement | undefined} row
 * @param {string | null} lastDeliveryAt
 */
function tell(row, lastDeliveryAt) {
  const [note, step] = row?.querySelectorAll(".hint") ?? []
  if (note) note.textContent = deliveredAgo(lastDeliveryAt, Date.now(), locale())
  // What has worked once needs no telling how.
  step?.toggleAttribute("hidden", lastDeliveryAt !== null)
}

/**
 * @param {TipSource} source
 * @param {string} name
 * @param {() => Promise<void>} again
 */
function row({ id, service, address, lastDeliveryAt }, name, again) {
  const remove = async () => {
    const title = t("services.remove-title", { service: name })
    const action = t("services.remove", { service: name })
    if (!await ask({ title, body: t("services.remove-body"), action, isDanger: true })) return
    await api("DELETE", `${PATH}/${encodeURIComponent(id)}`)
    toast(t("services.removed", { service: name }))
    await again()
  }
  const element = h(
    "li",
    { class: "wrap", dataset: { source: id, service } },
    h(
      "div",
      { class: "grow" },
      h("h3", null, name),
      h("p", { class: "hint" }),
      h("p", { class: "hint" }, TIP_SERVICES.has(service) ? t(`services.step-${service}`) : ""),
    ),
    actionButton(t("services.remove", { service: name }), remove),
    h(
      "div",
      { class: "whole" },
      secretField(t("services.address", { service: name }), address, isSeen, {
        warning: t("services.live-body"),
        copied: t("services.address-copied"),
      }),
    ),
  )
  tell(element, lastDeliveryAt)
  return element
}

/**
 * Shows the new source, and leads to the button that copies its address.
 * @param {TipSource} made
 * @param {() => Promise<void>} again
 */
async function goOn({ id, service }, again) {
  await again()
  toast(t("services.added", { service: platformTitle(service) }))
  const buttons = document.querySelectorAll(`#${TIP_SERVICES_PART} li[data-source="${CSS.escape(id)}"] .copy button`)
  const copy = [...buttons].at(-1)
  if (copy instanceof HTMLElement) copy.focus()
}
