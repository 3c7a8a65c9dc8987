// @ts-check
import { ask, openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { showMenu } from "../elements/menu.js"
import { actionButton, field } from "../elements/section.js"
import { api, listAll } from "../model/api.js"
import { contrasts } from "../model/theme.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"
import { colorControls, presetCards, shapeControls } from "./controls.js"
import { importTheme } from "./import.js"
import { themePreview } from "./preview.js"

const MOST_NAME = "80"

/** Every theme of the streamer, one of them being changed; what is not saved is on this page alone. */
export async function themes() {
  let all = await listAll("/api/themes")
  let theme = all.find(({ isDefault }) => isDefault) ?? all[0]
  /** @type {import("../model/theme.js").Variables} */
  let variables = theme.variables
  let isDirty = false

  const choice = h("select", { class: "input", id: "theme-choice" })
  const unsaved = h("span", { class: "badge warn", hidden: true }, t("theme.unsaved"))
  const isDefault = h("span", { class: "badge" }, t("theme.is-default"))
  const warnings = h("span", { class: "badge warn", role: "status" })
  const change = (/** @type {Partial<typeof variables>} */ changed) => {
    variables = { ...variables, ...changed }
    isDirty = true
    draw()
  }
  const colors = colorControls(change)
  const shape = shapeControls(change)
  const preview = themePreview()
  const draw = () => {
    colors.show(variables)
    shape.show(variables)
    preview.show(variables)
    unsaved.hidden = !isDirty
    isDefault.hidden = !theme.isDefault
    const count = contrasts(variables).filter(({ isEnough }) => !isEnough).length
    warnings.hidden = count === 0
    warnings.replaceChildren(...count === 0 ? [] : [icon("warning"), t("theme.warnings", { count })])
  }
  const offer = () => {
    choice.replaceChildren(...all.map(({ id, name }) => h("option", { value: id }, name)))
    choice.value = theme.id
  }
  /** @param {any} next */
  const wear = (next) => {
    theme = next
    variables = next.variables
    isDirty = false
    offer()
    draw()
  }
  /** @param {string} id */
  const load = async (id) => {
    all = await listAll("/api/themes")
    wear(all.find((one) => one.id === id) ?? all[0])
  }
  const leave = () =>
    !isDirty || ask({ title: t("theme.leave-title"), body: t("theme.leave-body"), action: t("theme.leave") })
  choice.addEventListener("change", async () => {
    const next = choice.value
    if (await leave()) wear(all.find(({ id }) => id === next))
    else choice.value = theme.id
  })
  addEventListener("beforeunload", (event) => isDirty && event.preventDefault())

  /** @param {string} title @param {string} name @param {(name: string) => Promise<any>} submit */
  const askName = async (title, name, submit) => {
    const input = h("input", { class: "input", id: "theme-name", maxlength: MOST_NAME, value: name })
    /** @type {any} */
    let made = null
    const isDone = await openDialog({
      title,
      content: [field(t("theme.name"), input)],
      action: t("theme.save-name"),
      submit: async () => made = await submit(input.value),
    })
    return isDone ? made : null
  }
  const make = async (/** @type {any} */ from) => {
    if (!await leave()) return
    const made = await askName(
      t("theme.new"),
      t("theme.new-name"),
      (name) => api("POST", "/api/themes", from ? { name, variables: from } : { name }),
    )
    if (made) await load(made.id)
  }
  const save = async () => {
    await api("PUT", `/api/themes/${theme.id}`, { variables })
    await load(theme.id)
    toast(t("theme.saved"))
  }
  const rename = async () => {
    const made = await askName(t("theme.rename"), theme.name, (name) => api("PUT", `/api/themes/${theme.id}`, { name }))
    if (!made) return
    // Only the name is new; colours that are not saved stay on the page.
    all = all.map((one) => one.id === made.id ? made : one)
    theme = made
    for (const option of choice.options) if (option.value === made.id) option.textContent = made.name
  }
  const remove = async () => {
    const gone = theme
    const isDone = await openDialog({
      title: t("theme.delete-title", { name: theme.name }),
      body: t("theme.delete-body"),
      action: t("theme.delete"),
      isDanger: true,
      submit: () => api("DELETE", `/api/themes/${theme.id}`),
    })
    if (!isDone) return
    await load("")
    const { name, variables: lost } = gone
    const restore = async () => {
      const made = await api("POST", "/api/themes", { name, variables: lost })
      all = await listAll("/api/themes")
      // Colours of another that are not saved stay on the page.
      if (isDirty) offer()
      else wear(all.find(({ id }) => id === made.id))
    }
    toast(t("theme.deleted", { name }), { undo: () => restore().catch(report) })
  }
  const setDefault = async () => {
    theme = await api("PUT", `/api/themes/${theme.id}/default`) ?? theme
    all = await listAll("/api/themes")
    theme = all.find(({ id }) => id === theme.id)
    draw()
    toast(t("theme.saved"))
  }
  const bring = async () => {
    if (!await leave()) return
    const made = await importTheme(variables)
    if (made) await load(made.id)
  }
  const exportFile = () => {
    const link = h("a", { href: `/api/themes/${theme.id}/export`, download: true })
    link.click()
  }
  const more = h("button", {
    class: "button icon-only",
    type: "button",
    "aria-label": t("theme.more"),
    "aria-haspopup": "menu",
    dataset: { tooltip: t("theme.more") },
  }, icon("more"))
  const act = (/** @type {() => unknown} */ work) => () => Promise.resolve().then(work).catch(report)
  more.addEventListener("click", () =>
    showMenu(
      [
        { label: t("theme.new"), icon: "plus", act: act(() => make(null)) },
        { label: t("theme.duplicate"), icon: "copy", act: act(() => make(variables)) },
        { label: t("theme.rename"), icon: "edit", act: act(rename) },
        { label: t("theme.make-default"), icon: "check", isDisabled: theme.isDefault, act: act(setDefault) },
        { label: t("theme.delete"), icon: "trash", act: act(remove) },
      ],
      more,
      t("theme.more"),
    ))
  wear(theme)
  return [
    h(
      "div",
      { class: "theme-bar" },
      field(t("theme.theme"), choice),
      h("div", { class: "badges" }, isDefault, unsaved),
      h(
        "div",
        { class: "actions" },
        actionButton(t("theme.import"), bring),
        actionButton(t("theme.export"), exportFile),
        more,
        actionButton(t("theme.save"), save, { class: "primary", id: "theme-save" }),
      ),
    ),
    h(
      "div",
      { class: "columns" },
      h(
        "div",
        { class: "stack theme-left" },
        card("preview", t("theme.preview"), [warnings, preview.tools], preview.element),
        card("presets", t("theme.presets"), [], h("div", { class: "body" }, presetCards(change))),
      ),
      h(
        "div",
        { class: "stack" },
        card("colors", t("theme.colors"), [], h("div", { class: "body" }, colors.element)),
        card("shape", t("theme.shape"), [], h("div", { class: "body" }, shape.element)),
      ),
    ),
  ]
}

/**
 * @param {string} id
 * @param {string} title
 * @param {HTMLElement[]} tools
 * @param {HTMLElement} content
 */
function card(id, title, tools, content) {
  return h(
    "section",
    { class: "card", id, "aria-labelledby": `${id}-title` },
    h("header", null, h("h3", { id: `${id}-title` }, title), tools),
    content,
  )
}
