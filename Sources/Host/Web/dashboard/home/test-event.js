// @ts-check
import { openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { showMenu } from "../elements/menu.js"
import { eventKind } from "../model/event-sentence.js"
import { TEST_FIELDS, testPayload, testProblem } from "../model/test-event.js"
import { t } from "../model/words.js"
import { lastTest, sendTest, sendTestEvent, TEST_TYPES } from "../shell/commands.js"

/** @param {HTMLElement} button */
export function showTestMenu(button) {
  showMenu(
    [
      ...TEST_TYPES.map((type) => ({ label: t(`kind.${eventKind(type)}`), act: () => sendTest(type) })),
      { label: t("home.own-test"), icon: "edit", act: () => openTestDialog() },
    ],
    button,
    t("home.send-test"),
  )
}

/**
 * Asks for one's own name, amount and message.
 * @param {object} [use] what becomes of it; without it the event goes on stream
 * @param {string} [use.action] what the button does
 * @param {string} [use.body]
 * @param {(type: string, payload: Record<string, any>) => void | Promise<void>} [use.send]
 */
export function openTestDialog(
  { action = t("home.send-test"), body = t("home.own-test-body"), send = sendTestEvent } = {},
) {
  const type = h(
    "select",
    { class: "input", id: "test-type", onchange: () => fit() },
    TEST_TYPES.map((name) => h("option", { value: name }, t(`kind.${eventKind(name)}`))),
  )
  type.value = lastTest()
  const name = field("name", { maxlength: "80", autocomplete: "off" })
  const amount = field("amount", { inputmode: "decimal", autocomplete: "off" })
  const count = field("count", { inputmode: "numeric", autocomplete: "off" })
  const message = field("message", { maxlength: "500", autocomplete: "off" })
  const optional = { amount, count, message }

  const fit = () => {
    const wanted = TEST_FIELDS.get(type.value) ?? []
    for (const [key, part] of Object.entries(optional)) part.row.hidden = !wanted.includes(key)
  }
  fit()
  const check = () => {
    for (const key of /** @type {const} */ (["amount", "count"])) {
      const part = optional[key]
      const problem = part.row.hidden ? null : testProblem(key, part.input.value)
      part.say(problem ? t(`home.${problem}`) : "")
      if (!problem) continue
      part.input.focus()
      throw new Error(t("home.check-fields"))
    }
  }
  const row = (/** @type {HTMLElement} */ input, /** @type {string} */ label) =>
    h("div", { class: "field" }, h("label", { for: input.id }, label), input)
  return openDialog({
    title: t("home.own-test-title"),
    body,
    content: [row(type, t("home.test-type")), name.row, amount.row, count.row, message.row],
    action,
    async submit() {
      check()
      const fields = {
        name: name.input.value,
        amount: amount.input.value,
        count: count.input.value,
        message: message.input.value,
      }
      await send(type.value, testPayload(type.value, fields))
    },
  })
}

/**
 * @param {"name" | "amount" | "count" | "message"} key
 * @param {Record<string, string>} attributes
 */
function field(key, attributes) {
  const id = `test-${key}`
  const input = h("input", { class: "input", id, type: "text", ...attributes })
  const note = h("p", { class: "error", id: `${id}-error`, hidden: true })
  const row = h("div", { class: "field" }, h("label", { for: id }, t(`home.test-${key}`)), input, note)
  /** @param {string} problem */
  const say = (problem) => {
    note.textContent = problem
    note.hidden = !problem
    if (problem) {
      input.setAttribute("aria-invalid", "true")
      input.setAttribute("aria-describedby", note.id)
    } else {
      input.removeAttribute("aria-invalid")
      input.removeAttribute("aria-describedby")
    }
  }
  return { input, row, say }
}
