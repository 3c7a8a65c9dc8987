// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { judgeContrast, worstContrast } from "../dashboard/model/contrast.js"
import { contrasts, differences, MOST_BYTES, PRESETS, readThemeFile } from "../dashboard/model/theme.js"

const rest = { radius: 12, spacing: 12, headingFont: "Inter", bodyFont: "Inter", fontScale: 1 }
const variables = { ...PRESETS[0].colors, ...rest }
const file = (/** @type {object} */ more = {}, /** @type {object} */ changed = {}) =>
  JSON.stringify({ name: "Mine", variables: { ...variables, ...changed }, ...more })

test("the presets have the ratios that the design promises", () => {
  const promised = {
    signal: [12.3, 7.5, 5.0],
    neon: [13.0, 8.0, 4.6],
    minimal: [10.2, 6.6, 6.5],
    paper: [14.2, 7.7, 5.0],
    sunset: [10.6, 7.7, 4.9],
    forest: [10.4, 7.1, 5.4],
    "high-contrast": [21, 21, 16.8],
  }
  assert.deepEqual(PRESETS.map(({ id }) => id), Object.keys(promised))
  for (const { id, colors } of PRESETS) {
    const [text, muted, ...others] = contrasts({ ...colors, ...rest }).map(({ ratio }) => ratio)
    const counted = [text, muted, Math.min(...others)]
    // The design rounds up where it is 16.75; no other figure is further off than its last digit.
    const wanted = /** @type {Record<string, number[]>} */ (promised)[id]
    counted.forEach((ratio, index) => assert.ok(Math.abs(ratio - wanted[index]) < 0.06, `${id}: ${ratio}`))
  }
})

test("the worse of a black and a white game counts", () => {
  assert.equal(worstContrast("#FFFFFF", "#000000", 1), 21)
  assert.equal(worstContrast("#FFFFFF", "#000000", 0), 1)
  assert.equal(worstContrast("#000000", "#FFFFFF", 0), 1)
})

test("a contrast is never said to be more than it is, and what it needs is said where it is too little", () => {
  assert.deepEqual(judgeContrast(12.34, "en"), {
    isEnough: true,
    key: "contrast.ratio",
    args: { ratio: "12.3", wanted: "4.5" },
  })
  assert.deepEqual(judgeContrast(4.49, "de"), {
    isEnough: false,
    key: "contrast.ratio-low",
    args: { ratio: "4,4", wanted: "4,5" },
  })
})

test("a theme's file is taken with or without what says its format", () => {
  assert.deepEqual(readThemeFile(file()), { name: "Mine", variables })
  assert.equal(readThemeFile(file({ format: "streamvibes-theme", version: 1, name: "<b>‮x" })).name, "<b>‮x")
})

test("a hostile or broken file is refused with its reason and its field", () => {
  const cases = /** @type {[string, string, string][]} */ ([
    ["", "json", ""],
    ["[]", "form", ""],
    ["null", "form", ""],
    ['{"name":"x"}', "form", ""],
    [file({ format: "other" }), "format", ""],
    [file({ version: 2 }), "format", ""],
    [file({ onload: "x" }), "unknown", "onload"],
    [file({}, { css: "x" }), "unknown", "css"],
    [file({ name: "" }), "value", "name"],
    [file({ name: "x".repeat(81) }), "value", "name"],
    [file({}, { accent: undefined }), "missing", "accent"],
    [file({}, { accent: "red;}" }), "value", "accent"],
    [file({}, { accent: "#12345" }), "value", "accent"],
    [file({}, { radius: 33 }), "value", "radius"],
    [file({}, { backgroundAlpha: 1.01 }), "value", "backgroundAlpha"],
    [file({}, { fontScale: 3 }), "value", "fontScale"],
    [file({}, { bodyFont: 'x"; } body { display: none' }), "value", "bodyFont"],
    [file({}, { bodyFont: " Inter" }), "value", "bodyFont"],
    [" ".repeat(MOST_BYTES + 1), "size", ""],
  ])
  for (const [text, reason, field] of cases) {
    assert.throws(() => readThemeFile(text), { reason, field }, `${reason} ${field}`)
  }
})

test("what a theme would change is listed, and nothing else", () => {
  assert.deepEqual(differences(variables, { ...variables, radius: 0 }), [{ name: "radius", now: 12, then: 0 }])
})
