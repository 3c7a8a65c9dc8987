// @ts-check
import { ENOUGH_FOR_TEXT, worstContrast } from "../model/contrast.js"
import { locale, t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { box, makers, watchText } from "./schema-form-box.js"

/**
 * @typedef {{background: string, backgroundAlpha: number}} Ground what the widget's colours stand on
 */

const IS_COLOR = /^#[0-9a-f]{6}$/i

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
  const badge = h("span", { class: "badge contrast", hidden: true })
  const place = box(field, id, input, [swatch])
  input.after(...(clear ? [clear] : []), badge)
  // A ground is seen behind what stands on it.
  const isGround = /background/i.test(field.name)
  const judge = () => {
    const ratio = isGround ? null : contrastOf(input.value, place.element)
    badge.hidden = ratio === null
    if (ratio === null) return
    const isEnough = ratio >= ENOUGH_FOR_TEXT
    const number = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    // Rounded up it would say 4.5 of what is less.
    const text = number.format(isEnough ? ratio : Math.floor(ratio * 10) / 10)
    badge.className = `badge contrast ${isEnough ? "ok" : "warn"}`
    badge.textContent = t("form.ratio", { ratio: text })
    const wanted = { ratio: text, wanted: number.format(ENOUGH_FOR_TEXT) }
    badge.title = isEnough ? t("form.contrast") : t("form.ratio-low", wanted)
    if (!isEnough) badge.textContent = t("form.ratio-low", wanted)
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
