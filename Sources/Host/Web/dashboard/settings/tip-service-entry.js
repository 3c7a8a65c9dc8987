// @ts-check
import { openDialog, SaidAtField } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { checkedField, field } from "../elements/section.js"
import { api, ApiError } from "../model/api.js"
import { TIP_SERVICES } from "../model/platforms.js"
import { mayBeSecret } from "../model/tip-services.js"
import { t } from "../model/words.js"
import { messageOf } from "../shell/failure.js"

/** @typedef {import("../model/tip-services.js").TipSource} TipSource */

/**
 * Asks for a service and its secret, and gives both to the host.
 * @returns {Promise<TipSource | null>} what came of it; `null` where it was left
 */
export async function addTipService() {
  const service = h(
    "select",
    { class: "input", id: "tip-service" },
    [...TIP_SERVICES].map(([value, name]) => h("option", { value }, name)),
  )
  let entry = secretEntry(service.value)
  // What was typed for one service is none of the next one's.
  service.addEventListener("change", () => {
    const next = secretEntry(service.value)
    entry.element.replaceWith(next.element)
    entry = next
  })
  let made = null
  await openDialog({
    title: t("services.add-title"),
    body: t("services.add-body"),
    content: [field(t("services.service"), service), entry.element, h("p", { class: "hint" }, t("services.order"))],
    action: t("services.add"),
    async submit() {
      const { input, check, refuse } = entry
      if (!check()) {
        input.focus()
        throw new SaidAtField()
      }
      try {
        made = await api("POST", "/api/tip-sources", { service: service.value, secret: input.value.trim() })
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 400)) throw error
        refuse(messageOf(error))
        input.focus()
        throw new SaidAtField()
      }
    },
  })
  return made
}

/**
 * The field of a service's secret, which is never shown and never comes back.
 * @param {string} service
 */
function secretEntry(service) {
  const input = h("input", {
    class: "input mono",
    id: "tip-secret",
    type: "password",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  })
  const checked = checkedField(
    t(`services.secret-${service}`),
    input,
    t(`services.wanted-${service}`),
    () => mayBeSecret(service, input.value),
    t(`services.find-${service}`),
  )
  input.addEventListener("blur", () => input.value !== "" && checked.check())
  return { input, ...checked }
}
