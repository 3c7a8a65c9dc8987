// @ts-check
import { judgeContrast } from "../model/contrast.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"

/**
 * Says in a badge how well a colour is seen where it is seen worst, and what it would need.
 * @param {HTMLElement} badge
 * @param {number} ratio
 */
export function showContrast(badge, ratio) {
  const { isEnough, key, args } = judgeContrast(ratio)
  badge.classList.toggle("ok", isEnough)
  badge.classList.toggle("warn", !isEnough)
  badge.replaceChildren(h("span", { class: "visually-hidden" }, t("contrast.worst"), " "), t(key, args))
}
