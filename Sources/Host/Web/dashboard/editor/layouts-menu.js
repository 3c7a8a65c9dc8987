// @ts-check
import { ask, openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { showMenu } from "../elements/menu.js"
import { api } from "../model/api.js"
import { LAYOUTS_LIMIT, NAME_LIMIT } from "../model/layout.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"

/** @typedef {import("./work.js").Work} Work */

/**
 * Every layout to open, and what can be done with the open one; what cannot says why.
 * @param {Work} work
 * @param {HTMLElement} opener
 */
export function showLayouts(work, opener) {
  const { layouts, current } = work
  const count = layouts.length
  const isFull = count >= LAYOUTS_LIMIT
  const why = isFull
    ? t("editor.layouts-full", { count, limit: LAYOUTS_LIMIT })
    : t("editor.layouts-of", { count, limit: LAYOUTS_LIMIT })
  const run = (/** @type {() => Promise<void>} */ act) => () => void act().catch(report)
  showMenu(
    [
      ...layouts.map((layout) => ({
        label: layout.isDefault ? t("editor.is-default", { name: layout.name }) : layout.name,
        icon: layout.isDefault ? "star" : "layouts",
        isChecked: layout.id === current.id,
        act: run(() => work.open(layout)),
      })),
      { label: t("editor.layout-new"), icon: "plus", shortcut: why, isDisabled: isFull, act: run(() => create(work)) },
      { label: t("editor.layout-rename"), icon: "edit", act: run(() => rename(work)) },
      { label: t("editor.layout-duplicate"), icon: "duplicate", isDisabled: isFull, act: run(() => duplicate(work)) },
      {
        label: t("editor.layout-default"),
        icon: "star",
        isDisabled: current.isDefault,
        act: run(() => makeDefault(work)),
      },
      {
        label: count === 1 ? t("editor.layout-last") : t("editor.layout-delete"),
        icon: "trash",
        isDisabled: count === 1,
        act: run(() => remove(work)),
      },
    ],
    opener,
    t("editor.layout"),
  )
}

/**
 * @param {string} title
 * @param {string} action
 * @param {string} name
 * @param {(name: string) => Promise<void>} submit
 */
function askName(title, action, name, submit) {
  const input = h("input", {
    class: "input",
    id: "layout-name",
    required: true,
    maxlength: NAME_LIMIT,
    value: name,
    autocomplete: "off",
    autofocus: true,
  })
  return openDialog({
    title,
    content: [h("div", { class: "field" }, h("label", { for: input.id }, t("editor.layout-name")), input)],
    action,
    submit: () => submit(input.value.trim()),
  })
}

/** @param {Work} work */
async function create(work) {
  await askName(
    t("editor.layout-new-title"),
    t("editor.layout-create"),
    "",
    (name) => work.manage(() => api("POST", "/api/layouts", { name })),
  )
}

/** @param {Work} work */
async function rename(work) {
  const { name } = work.current
  await askName(t("editor.layout-rename-title"), t("editor.layout-rename"), name, (next) => work.rename(next))
}

/** @param {Work} work */
async function duplicate(work) {
  await work.flush()
  await work.manage(() => api("POST", `/api/layouts/${work.current.id}/duplicate`))
  toast(t("editor.layout-duplicated", { name: work.current.name }))
}

/** @param {Work} work */
async function makeDefault(work) {
  await work.manage(async () => {
    await api("PUT", `/api/layouts/${work.current.id}/default`)
    return null
  })
  toast(t("editor.layout-is-default", { name: work.current.name }))
}

/** @param {Work} work */
async function remove(work) {
  const { id, name } = work.current
  const isSure = await ask({
    title: t("editor.layout-delete-title", { name }),
    body: t("editor.layout-delete-body"),
    action: t("editor.layout-delete"),
    isDanger: true,
  })
  if (!isSure) return
  const next = work.layouts.find((layout) => layout.id !== id) ?? null
  await work.manage(async () => {
    await api("DELETE", `/api/layouts/${id}`)
    work.forget()
    return next
  })
  toast(t("editor.layout-deleted", { name }))
}
