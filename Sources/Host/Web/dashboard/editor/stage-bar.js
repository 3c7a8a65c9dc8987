// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"

/** @typedef {import("./canvas.js").EditorCanvas} EditorCanvas */

const STEPS = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.5, 2]
const BACKDROPS = ["dark", "light", "game"]
const BACKDROP = "streamvibes.editor.backdrop"
const SAMPLES = "streamvibes.editor.samples"

/** The row below the stage: how large, and on what ground. */
export class StageBar extends HTMLElement {
  #zoom = h("button", {
    class: "button ghost small zoom-value",
    type: "button",
    dataset: { tooltip: `${t("editor.zoom-full")} (Alt X)` },
    onclick: () => this.setZoom(1),
  })

  /** @param {EditorCanvas} canvas */
  start(canvas) {
    this.target = canvas
    const tool = (/** @type {string} */ sign, /** @type {string} */ text, /** @type {() => void} */ act) =>
      h("button", {
        class: "button ghost icon-only small",
        type: "button",
        "aria-label": text,
        dataset: { tooltip: text },
        onclick: act,
      }, icon(sign))
    const flip = (
      /** @type {string} */ text,
      /** @type {boolean} */ isOn,
      /** @type {(isOn: boolean) => void} */ act,
    ) => {
      const button = h("button", { class: "button ghost small", type: "button", "aria-pressed": String(isOn) }, text)
      button.addEventListener("click", () => {
        const next = button.getAttribute("aria-pressed") !== "true"
        button.setAttribute("aria-pressed", String(next))
        act(next)
      })
      return button
    }
    const backdrop = h(
      "select",
      { class: "input small", "aria-label": t("editor.backdrop") },
      BACKDROPS.map((name) => h("option", { value: name }, t(`editor.backdrop-${name}`))),
    )
    backdrop.value = localStorage.getItem(BACKDROP) ?? "dark"
    canvas.dataset.backdrop = backdrop.value
    backdrop.addEventListener("change", () => {
      canvas.dataset.backdrop = backdrop.value
      localStorage.setItem(BACKDROP, backdrop.value)
    })
    const stored = localStorage.getItem(SAMPLES)
    const goesOn = stored ? stored === "on" : !matchMedia("(prefers-reduced-motion: reduce)").matches
    canvas.frame.goesOn = goesOn
    const goOn = (/** @type {boolean} */ isOn) => {
      canvas.frame.goesOn = isOn
      localStorage.setItem(SAMPLES, isOn ? "on" : "off")
    }
    this.preview = flip(t("editor.preview"), false, (isOn) => canvas.toggleAttribute("data-preview", isOn))
    this.append(
      tool("minus", t("editor.zoom-out"), () => this.#step(-1)),
      this.#zoom,
      tool("plus", t("editor.zoom-in"), () => this.#step(1)),
      h(
        "button",
        {
          class: "button ghost small",
          type: "button",
          dataset: { tooltip: `${t("editor.fit-all")} (Alt F)` },
          onclick: () => this.setZoom("fit"),
        },
        icon("fit"),
        t("editor.fit"),
      ),
      flip(t("editor.grid-lines"), true, (isOn) => canvas.toggleAttribute("data-no-grid", !isOn)),
      this.preview,
      flip(t("editor.samples"), goesOn, goOn),
      h("label", { class: "backdrop" }, h("span", { "aria-hidden": "true" }, t("editor.backdrop")), backdrop),
    )
    canvas.addEventListener("zoomed", () => {
      this.#zoom.textContent = percent(canvas.scale)
      this.#zoom.setAttribute("aria-label", `${percent(canvas.scale)}. ${t("editor.zoom-full")}`)
    })
  }

  /** @param {"fit" | number} zoom */
  setZoom(zoom) {
    if (!this.target) return
    this.target.zoom = zoom
    announce(t("editor.zoomed", { zoom: percent(this.target.scale) }))
  }

  togglePreview() {
    this.preview?.click()
    announce(t(this.preview?.getAttribute("aria-pressed") === "true" ? "editor.preview-on" : "editor.preview-off"))
  }

  /** @param {1 | -1} direction */
  #step(direction) {
    const now = this.target?.scale ?? 1
    const next = direction > 0 ? STEPS.find((step) => step > now + 0.005) : STEPS.findLast((step) => step < now - 0.005)
    if (next) this.setZoom(next)
  }
}

/** @param {number} scale */
function percent(scale) {
  return `${Math.round(100 * scale)} %`
}

customElements.define("ui-stage-bar", StageBar)
