// @ts-check
import {
  animation,
  CSS,
  enters,
  expect,
  frames,
  patch,
  POSITION,
  revs,
  root,
  sent,
  SERVER_NOW,
  slot,
  snapshot,
  styleOf,
  until,
} from "./overlay-stand.js"

/*
 * Runs in the browser and tells `browser.test.js` what came of it.
 */

/** @type {[name: string, check: () => Promise<void>][]} */
const always = [
  ["an alert is acknowledged when it was painted and when it is gone", async () => {
    await snapshot([{ widgetId: "w", view: [["div", { "data-alert": "41" }]] }])
    expect(sent("overlay:ack"), [])
    await frames()
    await patch([["i", [], null, ["div", { k: "b", "data-alert": "42", "data-exit": "true" }]]])
    await frames()
    await patch([["x", ["b"]]])
    await patch([["r", [0], "nothing"]])

    expect(sent("overlay:ack").map(({ widgetId, seq, state }) => [widgetId, seq, state]), [
      ["w", 41, "shown"],
      ["w", 42, "shown"],
      ["w", 42, "finished"],
      ["w", 41, "finished"],
    ])
  }],

  ["a mark that is no place in the log is not acknowledged", async () => {
    const count = sent("overlay:ack").length
    const marks = ["", "-1", "1.5", "x", "99999999999999999"]
    await snapshot([{ widgetId: "w", view: marks.map((mark) => ["div", { "data-alert": mark }]) }])
    await frames()

    expect(sent("overlay:ack").length, count)
  }],

  ["an emote that cannot be loaded shows its name, and what the server says about it still fits", async () => {
    const emote = (/** @type {string} */ k, /** @type {string} */ file) => ["img", { k, src: `/img/${file}`, alt: k }]
    const texts = () =>
      [...root("w").childNodes].map((node) => {
        return node instanceof HTMLImageElement ? `[${node.alt}]` : node.textContent
      })
    await snapshot([{ widgetId: "w", view: [emote("a", "none"), emote("b", "ok"), emote("c", "broken")] }])
    await until(() => root("w").querySelectorAll(".missing-picture").length === 2, "names of two emotes")
    expect(texts(), ["a", "[b]", "c"])

    await patch([["m", [], "c", "a"], ["i", [], "a", ["span", { k: "d" }, "d"]], ["a", ["a"], { alt: "A" }]])
    expect(texts(), ["c", "d", "A", "[b]"])

    await patch([["a", ["a"], { src: "/img/ok2" }]])
    await until(() => texts()[2] === "[A]", "the picture that is there now")
    await patch([["a", ["a"], { src: "/img/none2" }]])
    await until(() => texts()[2] === "A", "its name again")

    await patch([["x", ["c"]], ["r", ["a"], ["span", { k: "e" }, "e"]], ["x", ["b"]]])
    expect(texts(), ["d", "e"])
    expect(sent("overlay:resync"), [])
  }],

  ["a picture without a permitted source shows its name too", async () => {
    const image = (/** @type {any} */ src) => ["img", { src, alt: "name" }]
    await snapshot([{ widgetId: "w", view: [image("https://elsewhere/a.png"), image(null)] }])

    expect(root("w").textContent, "namename")
  }],

  ["a snapshot within a connection keeps the widgets that have not changed", async () => {
    const view = [["div", { class: "alert" }], ["div", { class: "confetti" }]]
    await snapshot([{ widgetId: "w", view }, { widgetId: "gone", view }])
    await patch([["i", [], null, ["div", { k: "new", class: "alert" }, "comes in"]]])
    const node = root("w").lastElementChild
    const progress = animation("fall")
    await frames()

    await snapshot([
      { widgetId: "w", position: { ...POSITION, x: 6 }, css: `${CSS} .alert { color: #123456 }` },
      { widgetId: "added", view },
    ], { theme: { "--th-primary": "#010203" } })

    expect(root("w").lastElementChild === node, true)
    expect(animation("fall") === progress, true)
    expect(slot("w").style.left, "960px")
    expect(slot("gone"), null)
    expect(slot("added").style.left, "0px")
    expect(enters("added"), false)
    const style = getComputedStyle(/** @type {Element} */ (node))
    expect([style.color, style.getPropertyValue("--th-primary").trim()], ["rgb(18, 52, 86)", "#010203"])
    expect(sent("overlay:resync"), [])

    await patch([["t", [2, 0], "goes on"]])
    expect(node?.textContent, "goes on")
  }],

  ["widgets that overlap stand in the order the server names them, whenever they came", async () => {
    const view = ["x"]
    await snapshot([{ widgetId: "w", view }])
    await snapshot([
      { widgetId: "top", view, zIndex: 7 },
      { widgetId: "below", view },
      { widgetId: "w" },
    ])

    expect(["below", "w", "top"].map((widgetId) => slot(widgetId).style.zIndex), ["0", "1", "2"])
  }],

  ["a picture that the snapshot takes for granted and the page has not is asked for", async () => {
    await snapshot([{ widgetId: "w", view: ["x"] }])
    revs.w += 1
    await snapshot([{ widgetId: "w" }])

    expect(sent("overlay:resync"), [{ widgetId: "w" }])
    await snapshot([{ widgetId: "w", view: ["y"] }])
    expect(root("w").textContent, "y")
  }],
]

/** @type {[name: string, check: () => Promise<void>][]} */
const moving = [
  ["whoever comes in the middle of an alert sees the rest of it", async () => {
    const alert = (/** @type {number} */ since) => {
      const bar = ["div", { class: "bar" }]
      return ["div", { class: "alert", "data-since": String(since) }, ["div", { class: "late" }], bar]
    }
    await snapshot([{ widgetId: "w", view: [alert(SERVER_NOW - 3000)] }])
    const joined = Number(animation("drain")?.currentTime)
    expect(joined >= 3000 && joined < 3500, true)
    expect(enters(), false)

    // Its entrance is over too, although by the time it would still go on.
    await snapshot([{ widgetId: "w", view: [alert(SERVER_NOW - 100)] }])
    expect([animation("drain")?.playState, enters()], ["running", false])

    await snapshot([{ widgetId: "w", view: [alert(SERVER_NOW + 60_000)] }])
    expect(Number(animation("drain")?.currentTime) < 500, true)

    await snapshot([{ widgetId: "w", view: [] }])
    await patch([["i", [], null, alert(SERVER_NOW - 3000)]])
    expect(Number(animation("drain")?.currentTime) < 500, true)
    expect(enters(), true)
  }],

  ["an alert that is over for long has an empty bar", async () => {
    const bar = ["div", { class: "bar", "data-since": String(SERVER_NOW - 60_000) }]
    await snapshot([{ widgetId: "w", view: [bar] }])

    const matrix = new DOMMatrix(getComputedStyle(/** @type {Element} */ (root("w").firstElementChild)).transform)
    expect(matrix.a, 0)
  }],

  ["where motion is welcome, things move", async () => {
    await snapshot([{ widgetId: "w", view: [["div", { class: "confetti" }], ["div", { class: "ticker" }]] }])
    await frames()

    expect(animation("fall")?.playState, "running")
    expect(styleOf(".ticker").whiteSpace, "nowrap")
  }],
]

/** @type {[name: string, check: () => Promise<void>][]} */
const still = [
  ["nothing slides, falls or grows", async () => {
    const goal = (/** @type {string} */ width) => ["div", { class: "goal", style: { width } }]
    await snapshot([{ widgetId: "w", view: [["div", { class: "confetti" }], goal("10px")] }])
    await patch([["i", [], null, ["div", { class: "alert" }]], ["a", [1], { style: { width: "20px" } }]])
    await frames()

    expect(root("w").getAnimations().filter(({ playState }) => playState === "running").length, 0)
    expect(styleOf(".goal").width, "20px")
  }],

  ["what leaves is gone at once", async () => {
    await snapshot([{ widgetId: "w", view: [["div", { "data-exit": "true" }]] }])
    await patch([["x", [0]]])
    await frames()

    expect(root("w").childElementCount, 0)
  }],

  ["what comes later still comes in its time", async () => {
    await snapshot([{ widgetId: "w", view: ["x"] }])
    await patch([["i", [], null, ["div", { class: "late" }]]])
    await frames()

    expect(animation("come-later")?.effect?.getComputedTiming().delay, 10_000)
    expect(styleOf(".late").opacity, "0")
  }],

  ["a progress bar still shows the time, the right one", async () => {
    const bar = ["div", { class: "bar", role: "progressbar" }]
    await snapshot([{ widgetId: "w", view: [["div", { class: "alert", "data-since": `${SERVER_NOW - 3000}` }, bar]] }])

    const time = Number(animation("drain")?.currentTime)
    expect(time >= 3000 && time < 3500, true)
    expect(animation("drain")?.playState, "running")
  }],

  ["a widget's own rules for less motion hold", async () => {
    await snapshot([{ widgetId: "w", view: [["div", { class: "ticker" }]] }])

    expect(styleOf(".ticker").whiteSpace, "normal")
  }],
]

const reduced = location.search.includes("motion=reduced") || matchMedia("(prefers-reduced-motion: reduce)").matches
const outcomes = []
for (const [name, check] of [...always, ...(reduced ? still : moving)]) {
  try {
    await check()
    outcomes.push({ name, fault: null })
  } catch (error) {
    outcomes.push({ name, fault: String(error) })
  }
}
await fetch("/outcomes", { method: "POST", body: JSON.stringify(outcomes) })
