// @ts-check
import { openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { field } from "../elements/section.js"
import { api } from "../model/api.js"
import { differences, MOST_BYTES, readThemeFile, ThemeFileError } from "../model/theme.js"
import { t } from "../model/words.js"

/**
 * Takes a theme from a file or pasted text; what it changes stands there before anything is stored.
 * @param {import("../model/theme.js").Variables} now the theme that it is compared with
 * @returns {Promise<any>} the new theme, or `null`
 */
export async function importTheme(now) {
  let made = null
  const text = h("textarea", { class: "input mono", id: "theme-text", rows: "6", spellcheck: "false" })
  const file = h("input", { class: "input", id: "theme-file", type: "file", accept: ".json,application/json" })
  const preview = h("div", { class: "changes", "aria-live": "polite" })
  const look = () => {
    if (text.value.trim() === "") return preview.replaceChildren()
    try {
      const { name, variables } = readThemeFile(text.value)
      const changes = differences(now, variables)
      preview.replaceChildren(
        h("p", null, h("bdi", null, name), " · ", t("theme.changes", { count: changes.length })),
        h(
          "ul",
          null,
          changes.map((one) => h("li", null, t(`theme.${one.name}`), ": ", String(one.now), " → ", String(one.then))),
        ),
      )
    } catch (error) {
      preview.replaceChildren(h("p", { class: "error" }, wordsOf(error)))
    }
  }
  text.addEventListener("input", look)
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? []
    if (!chosen) return
    // A larger one is refused; no more of it than shows that is read.
    text.value = await chosen.slice(0, MOST_BYTES + 1).text()
    look()
  })
  await openDialog({
    title: t("theme.import-title"),
    body: t("theme.import-body"),
    content: [field(t("theme.file"), file), field(t("theme.paste"), text), preview],
    action: t("theme.import"),
    isWide: true,
    async submit() {
      try {
        made = await api("POST", "/api/themes/import", readThemeFile(text.value))
      } catch (error) {
        if (error instanceof ThemeFileError) throw new Error(wordsOf(error))
        throw error
      }
    },
  })
  return made
}

/** @param {unknown} error */
function wordsOf(error) {
  if (error instanceof ThemeFileError) return t(`theme.refused-${error.reason}`, { field: error.field })
  return error instanceof Error ? error.message : String(error)
}
