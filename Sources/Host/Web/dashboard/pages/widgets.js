// @ts-check
import { section } from "../elements/section.js"
import { t } from "../model/words.js"
import { startShell } from "../shell/shell.js"
import { catalogue } from "../widgets/catalogue.js"
import { placed } from "../widgets/placed.js"

startShell()
/** @type {() => void} */
let showPlaced = () => {}
document.getElementById("content")?.append(
  section(
    "catalogue",
    t("widgets.catalogue"),
    () => catalogue(() => showPlaced()),
    { isPlain: true },
  ),
  section("placed", t("widgets.placed"), (again) => {
    showPlaced = again
    return placed()
  }),
)
