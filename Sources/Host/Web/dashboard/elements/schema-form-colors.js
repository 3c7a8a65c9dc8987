// @ts-check
import { IS_COLOR, worstContrast } from "../model/contrast.js"
import { t } from "../model/words.js"
import { showContrast } from "./contrast-badge.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { box, makers, watchText } from "./schema-form-box.js"

/**
 * @typedef {{background: string, backgroundAlpha: number}} Ground what the widget's colours stand on
 */

/**
 * Swatch, hex field and how well it is seen.
 * @type {import("./schema-form-box.js").ControlMaker}
 */
function colorControl(field, id, value, take) {
  const input = h("input", { type: "text", class: "input mono", spellcheck: "false", autocomplete: "off", value })
  const swatch = h("input", {
    type: "color",
    class: "swatch",
    "aria-label": t("form.pick-color", { title: field.title }),
  })
  const clear = field.isOptional &&
    h("button", {
      type: "button",
      class: "button ghost icon-only",
      "aria-label": t("form.clear", { title: field.title }),
    }, icon("close"))
  const badge = h("span", { class: "badge contrast", id: `${id}-contrast`, hidden: true })
  const place = box(field, id, input, [swatch], badge.id)
  input.after(...(clear ? [clear] : []), badge)
  // A ground is seen behind what stands on it.
  const isGround = /background/i.test(field.name)
  const judge = () => {
    const ratio = isGround ? null : contrastOf(input.value, place.element)
    badge.hidden = ratio === null
    // A description is read though it is hidden.
    if (ratio === null) badge.replaceChildren()
    else showContrast(badge, ratio)
  }
  const paint = (/** @type {unknown} */ color) => {
    swatch.value = color ? String(color).toLowerCase() : "#000000"
    swatch.classList.toggle("is-empty", !color)
    if (clear) clear.disabled = !color
    judge()
  }
  const accept = (/** @type {unknown} */ color) => {
    paint(color)
    take(color)
  }
  const set = watchText(field, input, place, accept)
  const choose = (/** @type {string} */ color) => {
    set(color)
    accept(color)
  }
  input.placeholder = field.isOptional ? t("form.from-theme") : ""
  swatch.addEventListener("input", () => choose(swatch.value))
  badge.addEventListener("judge", judge)
  if (clear) clear.addEventListener("click", () => choose(""))
  paint(value)
  return {
    element: place.element,
    set: (next) => {
      set(next)
      paint(next)
    },
    complain: (_, message) => place.complain(message),
  }
}

/**
 * The worst contrast over a dark and a bright game; `null` where that cannot be told.
 * @param {string} color
 * @param {HTMLElement} element of the field
 */
function contrastOf(color, element) {
  const form = /** @type {import("./schema-form.js").SchemaForm | null} */ (element.closest("ui-schema-form"))
  const beside = element.parentElement?.querySelector(':scope > [data-field="background"] input.mono')
  const own = beside instanceof HTMLInputElement && IS_COLOR.test(beside.value) ? beside.value : null
  const ground = form?.ground
  if (!ground || !IS_COLOR.test(color)) return null
  return worstContrast(color, own ?? ground.background, ground.backgroundAlpha)
}

makers.color = colorControl
