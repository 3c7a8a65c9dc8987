// @ts-check
import { OverlayFrame, previewAddress } from "../editor/overlay-frame.js"
import { h } from "../elements/dom.js"
import { cssVariables } from "../model/theme.js"
import { t } from "../model/words.js"

const GROUNDS = ["dark", "bright", "chequers"]
/** Each widget with the size it has in the preview, and the event that makes it show something. */
const SHOWN = [
  { type: "chat", width: 640, height: 180, event: "chat:message" },
  { type: "events", width: 640, height: 240, event: "event:follow" },
  { type: "goals", width: 640, height: 160, event: "event:subscribe" },
]

/** Chat, alert and goal as the overlay draws them, in the colours of this page, over three kinds of game. */
export function themePreview() {
  /** @type {Record<string, string>} */
  let variables = {}
  const frames = SHOWN.map(({ type, width, height }) => {
    const frame = new OverlayFrame()
    const place = h("div", { class: "theme-frame", dataset: { type } }, frame)
    // Not before it stands in the page: until then the frame has a size of its own.
    const fit = () => {
      frame.resize(width, height)
      frame.source = previewAddress({ type, config: "{}" })
      const scale = Math.min(1, place.clientWidth / width)
      frame.scale = scale
      place.style.setProperty("height", `${Math.round(height * scale)}px`)
    }
    new ResizeObserver(fit).observe(place)
    frame.addEventListener("load", () => wear(frame), true)
    return { frame, place }
  })
  /** @param {OverlayFrame} frame */
  const wear = (frame) => {
    const root = frame.querySelector("iframe")?.contentDocument?.documentElement
    for (const [name, value] of Object.entries(variables)) root?.style.setProperty(name, value)
  }
  const stage = h("div", { class: "theme-stage", dataset: { ground: "dark" } }, frames.map(({ place }) => place))
  const grounds = GROUNDS.map((ground) => {
    const button = h("button", { class: "filter", type: "button", "aria-pressed": String(ground === "dark") })
    button.textContent = t(`theme.ground-${ground}`)
    button.addEventListener("click", () => {
      stage.dataset.ground = ground
      for (const other of grounds) other.setAttribute("aria-pressed", String(other === button))
    })
    return button
  })
  const play = () => SHOWN.forEach(({ event }, index) => frames[index].frame.send("preview:event", { type: event }))
  return {
    element: stage,
    tools: h(
      "div",
      { class: "actions" },
      h("div", { class: "actions", role: "group", "aria-label": t("theme.ground") }, grounds),
      h("button", { class: "button small", type: "button", onclick: play }, t("theme.play")),
    ),
    /** @param {import("../model/theme.js").Variables} next */
    show(next) {
      variables = cssVariables(next)
      for (const { frame } of frames) wear(frame)
    },
  }
}
