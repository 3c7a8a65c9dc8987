// @ts-check
import { section } from "../elements/section.js"
import { t } from "../model/words.js"
import { startShell } from "../shell/shell.js"
import { themes } from "../theme/themes.js"

startShell()
document.getElementById("content")?.append(section("themes", t("theme.themes"), themes, { isPlain: true }))
