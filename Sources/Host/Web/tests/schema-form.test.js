// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  assetKind,
  completed,
  defaultOf,
  fieldOf,
  groupsOf,
  hasSlider,
  isShown,
  kindOf,
  optionsOf,
  stepOf,
} from "../dashboard/model/schema-form.js"
import { countCharacters, read, textOf } from "../dashboard/model/schema-form-text.js"

/** @typedef {import("../dashboard/model/schema-form.js").Schema} Schema */

/**
 * @param {Schema} schema
 * @param {string} text
 */
const reading = (schema, text) => read(fieldOf("x", schema), text)
/**
 * @param {Schema} schema
 * @param {string} text
 */
const valueOf = (schema, text) => reading(schema, text).value
/**
 * @param {Schema} schema
 * @param {string} text
 */
const complaintOf = (schema, text) => reading(schema, text).complaint?.key

test("every type of the contract has its field", () => {
  /** @type {[Schema, string][]} */
  const kinds = [
    [{ type: "string" }, "text"],
    [{ type: "string", format: "color" }, "color"],
    [{ type: "string", format: "date" }, "date"],
    [{ type: "string", format: "date-time" }, "date-time"],
    [{ type: "string", format: "uri" }, "uri"],
    [{ type: "string", format: "asset-image" }, "asset"],
    [{ type: "string", format: "asset-sound" }, "asset"],
    [{ type: "string", format: "asset-video" }, "asset"],
    [{ type: "string", format: "font" }, "font"],
    [{ type: "string", format: "multiline" }, "multiline"],
    [{ type: "string", format: "constructor" }, "text"],
    [{ type: "integer" }, "number"],
    [{ type: "number" }, "number"],
    [{ type: "boolean" }, "switch"],
    [{ enum: ["a", 2] }, "choice"],
    [{ type: "string", oneOf: [{ const: "a", title: "A" }] }, "choice"],
    [{ type: "array", items: { type: "string" } }, "lines"],
    [{ type: "array", items: { type: "string", enum: ["a"] }, uniqueItems: true }, "set"],
    [{ type: "array", items: { type: "string", enum: ["a"] } }, "rows"],
    [{ type: "array", items: { type: "integer" } }, "rows"],
    [{ type: "array", items: { type: "string", format: "color" } }, "rows"],
    [{ type: "array", items: { type: "object", properties: {} } }, "rows"],
    [{ type: "object", properties: {} }, "object"],
  ]
  for (const [schema, kind] of kinds) assert.equal(kindOf(schema), kind, JSON.stringify(schema))
  assert.equal(assetKind({ format: "asset-sound" }), "sound")
})

test("settings of a group stand together where its first one stands", () => {
  const property = (/** @type {string} */ group) => ({ type: "string", "x-group": group })
  const schema = {
    properties: { a: property("Look"), b: { type: "string" }, c: property("Look"), d: property("Sound") },
  }
  assert.deepEqual(groupsOf(schema).map(({ title, fields }) => [title, fields.map(({ name }) => name).join("")]), [
    ["Look", "ac"],
    ["", "b"],
    ["Sound", "d"],
  ])
  assert.deepEqual(groupsOf({}), [])
})

test("a field tells its title, its unit, and whether a change begins the widget anew", () => {
  const field = fieldOf("size", {
    type: "integer",
    title: "Size",
    description: "Of it.",
    "x-unit": "px",
    "x-live": false,
  })
  assert.deepEqual([field.title, field.description, field.unit, field.restarts], ["Size", "Of it.", "px", true])
  assert.equal(fieldOf("size", { type: "integer" }).title, "size")
})

test("an empty text stands for nothing where no letter is wanted", () => {
  assert.equal(fieldOf("x", { type: "string", format: "color" }).isOptional, true)
  assert.equal(fieldOf("x", { type: "string", minLength: 1 }).isOptional, false)
  assert.equal(fieldOf("x", { type: "integer" }).isOptional, false)
  assert.equal(fieldOf("x", { type: "string", enum: ["a"] }).isOptional, false)
})

test("a condition looks at the other settings of the same object", () => {
  const when = { field: "mode", is: ["list", 2, true] }
  assert.equal(isShown({ when }, { mode: "list" }), true)
  assert.equal(isShown({ when }, { mode: 2 }), true)
  assert.equal(isShown({ when }, { mode: "2" }), false)
  assert.equal(isShown({ when }, { mode: "card" }), false)
  assert.equal(isShown({ when }, {}), false)
  assert.equal(isShown({ when: null }, {}), true)
})

test("choices are called by their titles, and keep the type of their values", () => {
  assert.deepEqual(optionsOf({ oneOf: [{ const: 1, title: "One" }, { const: "b" }] }), [
    { value: 1, title: "One" },
    { value: "b", title: "b" },
  ])
  assert.deepEqual(optionsOf({ enum: [true, "x"] }), [{ value: true, title: "true" }, { value: "x", title: "x" }])
  assert.deepEqual(optionsOf({ type: "string" }), [])
})

test("a slider stands where a number has ends and not too many steps", () => {
  assert.equal(hasSlider({ type: "integer", minimum: 0, maximum: 1000 }), true)
  assert.equal(hasSlider({ type: "integer", minimum: 0, maximum: 1001 }), false)
  assert.equal(hasSlider({ type: "integer", minimum: 0, maximum: 5000, multipleOf: 100 }), true)
  assert.equal(hasSlider({ type: "number", minimum: 0, maximum: 1 }), true)
  assert.equal(hasSlider({ type: "integer", minimum: 0 }), false)
  assert.equal(hasSlider({ type: "integer", minimum: 3, maximum: 3 }), false)
  assert.deepEqual([1, 10, 100].map((maximum) => stepOf({ type: "number", minimum: 0, maximum })), [0.01, 0.1, 1])
  assert.equal(stepOf({ type: "number", minimum: 0, maximum: 1, multipleOf: 0.25 }), 0.25)
})

test("numbers are read at both ends of their range, and refused beyond", () => {
  const schema = { type: "integer", minimum: 1, maximum: 50 }
  assert.equal(valueOf(schema, "1"), 1)
  assert.equal(valueOf(schema, " 50 "), 50)
  for (const text of ["0", "51", "1.5", "", "x", "1e", "Infinity", "--1"]) {
    assert.equal(complaintOf(schema, text), "form.error-number-range", text)
  }
  assert.deepEqual(reading(schema, "0").complaint?.args, { minimum: 1, maximum: 50 })
  assert.equal(complaintOf({ type: "integer", minimum: 0 }, "-1"), "form.error-number-least")
  assert.equal(complaintOf({ type: "number", maximum: 0 }, "1"), "form.error-decimal-most")
  assert.equal(complaintOf({ type: "number" }, "x"), "form.error-decimal")
})

test("a comma is a decimal point", () => {
  const schema = { type: "number", minimum: 0, maximum: 10 }
  assert.equal(valueOf(schema, "1,5"), 1.5)
  assert.equal(complaintOf(schema, "1,500,2"), "form.error-decimal-range")
})

test("a multiple may miss its number by a hair", () => {
  const tenths = { type: "number", minimum: 0, maximum: 1, multipleOf: 0.1 }
  assert.equal(valueOf(tenths, "0.3"), 0.3)
  assert.equal(complaintOf(tenths, "0.35"), "form.error-multiple-range")
  const hundreds = { type: "integer", minimum: 0, maximum: 5000, multipleOf: 100 }
  assert.equal(valueOf(hundreds, "100"), 100)
  assert.deepEqual(reading(hundreds, "150").complaint, {
    key: "form.error-multiple-range",
    args: { minimum: 0, maximum: 5000, step: 100 },
  })
})

test("letters are counted as people count them", () => {
  const schema = { type: "string", minLength: 2, maxLength: 3 }
  assert.equal(countCharacters("👨‍👩‍👧‍👦é"), 2)
  assert.equal(valueOf(schema, "👨‍👩‍👧‍👦é"), "👨‍👩‍👧‍👦é")
  assert.equal(complaintOf(schema, "a"), "form.error-length")
  assert.equal(complaintOf(schema, "abcd"), "form.error-length")
  assert.equal(complaintOf(schema, ""), "form.error-length")
  assert.equal(complaintOf({ type: "string", maxLength: 3 }, "abcd"), "form.error-length-most")
  assert.equal(valueOf({ type: "string", maxLength: 3 }, ""), "")
  assert.equal(complaintOf({ type: "string" }, "a\nb"), "form.error-line-break")
  assert.equal(valueOf({ type: "string", format: "multiline" }, "a\nb"), "a\nb")
})

test("a pattern says what it wants", () => {
  const schema = { type: "string", pattern: "^(?:[A-Z]{3})?$", "x-wanted": "a currency such as EUR" }
  assert.equal(valueOf(schema, "EUR"), "EUR")
  assert.equal(valueOf(schema, ""), "")
  assert.deepEqual(reading(schema, "eur").complaint, {
    key: "form.error-pattern",
    args: { wanted: "a currency such as EUR" },
  })
  assert.equal(complaintOf({ type: "string", pattern: "^a$" }, "b"), "form.error-form")
  assert.equal(valueOf({ type: "string", pattern: "(" }, "b"), "b")
})

test("colours may be written short and without their sign", () => {
  const schema = { type: "string", format: "color", maxLength: 7 }
  assert.equal(valueOf(schema, "#5EA8FF"), "#5EA8FF")
  assert.equal(valueOf(schema, "5ea8ff"), "#5ea8ff")
  assert.equal(valueOf(schema, "#abc"), "#aabbcc")
  assert.equal(valueOf(schema, ""), "")
  assert.equal(complaintOf(schema, "#12345"), "form.error-color")
  assert.equal(complaintOf({ ...schema, minLength: 7 }, ""), "form.error-color")
})

test("days that no calendar has are refused", () => {
  const schema = { type: "string", format: "date" }
  assert.equal(valueOf(schema, "2028-02-29"), "2028-02-29")
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "tomorrow", "2026-00-10"]) {
    assert.equal(complaintOf(schema, text), "form.error-date", text)
  }
})

test("a moment is the same before and after it was shown", () => {
  const field = fieldOf("x", { type: "string", format: "date-time" })
  const shown = textOf(field, "2026-11-21T18:00:00Z")
  assert.match(shown, /^2026-11-2[12]T\d\d:\d\d$/)
  assert.equal(read(field, shown).value, "2026-11-21T18:00:00Z")
  assert.equal(textOf(field, ""), "")
  assert.equal(textOf(field, "nonsense"), "")
  assert.equal(read(field, "").value, "")
  assert.equal(read(field, "nonsense").complaint?.key, "form.error-date-time")
})

test("addresses begin with http or https", () => {
  const schema = { type: "string", format: "uri", maxLength: 40 }
  assert.equal(valueOf(schema, " https://example.org/a "), "https://example.org/a")
  for (const text of ["example.org", "ftp://a", "https://", "https://a b"]) {
    assert.equal(complaintOf(schema, text), "form.error-uri", text)
  }
  assert.equal(complaintOf(schema, `https://${"a".repeat(40)}`), "form.error-length-most")
})

test("a list of texts is one line each, and says which line is wrong", () => {
  const schema = { type: "array", items: { type: "string", minLength: 1, maxLength: 3 }, maxItems: 3 }
  const field = fieldOf("x", schema)
  assert.equal(textOf(field, ["a", "b"]), "a\nb")
  assert.equal(textOf(field, null), "")
  assert.deepEqual(valueOf(schema, "a\r\n\n  b  \n"), ["a", "b"])
  assert.deepEqual(valueOf(schema, ""), [])
  assert.equal(complaintOf(schema, "a\nb\nc\nd"), "form.error-lines")
  const { key, args } = reading(schema, "a\nabcd").complaint ?? {}
  assert.equal(key, "form.error-of-line")
  assert.deepEqual([args?.line, args?.of], [2, "form.error-length"])
  assert.equal(complaintOf({ ...schema, uniqueItems: true }, "a\na"), "form.error-twice")
})

test("what nobody has chosen is the default, or the least that fits", () => {
  assert.equal(defaultOf({ type: "string", default: "a" }), "a")
  assert.equal(defaultOf({ type: "integer", minimum: 5, maximum: 9 }), 5)
  assert.equal(defaultOf({ type: "integer", minimum: -5, maximum: -2 }), -2)
  assert.equal(defaultOf({ type: "boolean" }), false)
  assert.equal(defaultOf({ oneOf: [{ const: 7 }] }), 7)
  assert.deepEqual(defaultOf({ type: "array" }), [])
  const schema = { type: "object", properties: { a: { type: "string" }, b: { type: "integer", default: 3 } } }
  assert.deepEqual(defaultOf(schema), { a: "", b: 3 })
  assert.deepEqual(completed(schema, { b: 4 }), { a: "", b: 4 })
})
