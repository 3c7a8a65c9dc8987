// @ts-check
import { Motion } from "../../overlay/motion.js"
import { Stage } from "../../overlay/stage.js"
import { Theme } from "../../overlay/theme.js"
import { play, showMiddle } from "../model/recording.js"

const WIDTH = 1920

const element = /** @type {HTMLElement} */ (document.getElementById("stage"))
const stage = new Stage(element, {
  single: false,
  theme: new Theme(),
  motion: new Motion(false),
  // A recording that does not fit is a mistake of ours, and nobody is there to be asked for another picture.
  resync: (widgetId) => console.error("recording", widgetId),
})
element.style.setProperty("transform-origin", "0 0")
addEventListener("resize", fit)
fit()
begin()

/** The canvas is as large as in OBS and is drawn as small as this frame is. */
function fit() {
  element.style.setProperty("transform", `scale(${innerWidth / WIDTH})`)
}

async function begin() {
  const recording = await (await fetch(document.body.dataset.recording ?? "")).json()
  const apply = (/** @type {string} */ type, /** @type {any} */ payload) =>
    stage.apply({ type, payload, timestamp: new Date().toISOString() })
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return showMiddle(recording, apply)
  play(recording, { apply, later: (run, milliseconds) => setTimeout(run, milliseconds) })
}
