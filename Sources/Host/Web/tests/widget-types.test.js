// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { inLanguage, settingKey } from "../dashboard/model/widget-types.js"

test("what people read in a schema changes its language, and no value does", () => {
  const schema = {
    type: "object",
    properties: {
      title: { type: "string", title: "Text", default: "Text", "x-group": "Look" },
      size: { oneOf: [{ const: "Small", title: "Small" }], enum: ["Text"], description: "How large." },
    },
  }

  assert.deepEqual(inLanguage(schema, (text) => `<${text}>`), {
    type: "object",
    properties: {
      title: { type: "string", title: "<Text>", default: "Text", "x-group": "<Look>" },
      size: { oneOf: [{ const: "Small", title: "<Small>" }], enum: ["Text"], description: "<How large.>" },
    },
  })
})

test("the key of a text is its words", () => {
  assert.equal(settingKey("Show times (UTC)"), "show-times-utc")
  assert.equal(
    settingKey("0 keeps every message until newer ones push it out."),
    settingKey("0 keeps every message until newer ones push it out"),
  )
  assert.ok(settingKey("word ".repeat(40)).length <= 60)
})
