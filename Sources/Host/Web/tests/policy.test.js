// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { isAttributeAllowed, isSourceAllowed, isStyleAllowed, isSvgTag, isTagAllowed } from "../overlay/policy.js"

test("tags of the contract are allowed, nothing else", () => {
  const allowed = "div span p b i em strong small s u br ul ol li img h1 h2 h3 h4 progress meter time " +
    "svg g path circle rect line text"
  for (const tag of allowed.split(" ")) assert.ok(isTagAllowed(tag), tag)

  const forbidden = "script iframe style link a form input object embed foreignObject use animate set image " +
    "video audio template slot h5 DIV constructor __proto__"
  for (const tag of forbidden.split(" ")) assert.ok(!isTagAllowed(tag), tag)
  for (const tag of [undefined, null, 7, ["div"], {}]) assert.ok(!isTagAllowed(tag))
})

test("only drawing tags live in the drawing namespace", () => {
  assert.ok(isSvgTag("path"))
  assert.ok(!isSvgTag("div"))
})

test("attributes that act or address are refused", () => {
  for (const name of ["class", "aria-label", "data-exit", "viewBox", "stroke-dasharray"]) {
    assert.ok(isAttributeAllowed(name, "x"), name)
  }
  const forbidden = "onclick onload href xlink:href srcdoc srcset style id name slot part is action data- data-a=b " +
    "constructor __proto__"
  for (const name of forbidden.split(" ")) assert.ok(!isAttributeAllowed(name, "x"), name)
})

test("a paint may be a colour but no address", () => {
  assert.ok(isAttributeAllowed("fill", "#5ea8ff"))
  assert.ok(!isAttributeAllowed("fill", "url(//elsewhere/#a)"))
  assert.ok(!isAttributeAllowed("stroke", "URL (#a)"))
  assert.ok(isAttributeAllowed("title", "a url(in plain text) is just text"))
})

test("listed style properties and custom ones are allowed", () => {
  assert.ok(isStyleAllowed("width", "40%"))
  assert.ok(isStyleAllowed("--share", "0.4"))
  for (const name of ["position", "background", "background-image", "content", "cursor", "filter", "--", "--a b"]) {
    assert.ok(!isStyleAllowed(name, "1"), name)
  }
})

test("values that fetch or escape are refused", () => {
  const values = [
    "url(x)",
    "URL (x)",
    "image(x)",
    "image-set(x)",
    "-webkit-image-set(x)",
    "src(x)",
    "expression(x)",
    "\\75rl(x)",
    "</style>",
    "a".repeat(256),
  ]
  for (const value of values) assert.ok(!isStyleAllowed("--x", value), value)
  assert.ok(isStyleAllowed("--x", "a".repeat(255)))
})

test("pictures come from this host's media paths", () => {
  const allowed = [
    "/img/twitch/emote/emotesv2_abc",
    "/img/demo/emote/wave",
    "/img/demo/avatar/12",
    "/files/0190-a1b2",
    "/assets/w/hype@1.0.0/a.png",
    "/assets/0a1b2c3d4e5f6a7b/widgets/assets/chime.wav",
  ]
  for (const address of allowed) assert.ok(isSourceAllowed(address), address)
  const forbidden = [
    "//elsewhere/img/a.png",
    "https://elsewhere/img/a.png",
    "/api/session",
    "/img/../api/session",
    "/img/%2e%2e/api",
    "/img/%2Fapi",
    "/img/a\\b",
    "/img/a?b",
    "assets/a.png",
    "data:image/png;base64,AA",
    "javascript:1",
    "",
    null,
    7,
  ]
  for (const address of forbidden) assert.ok(!isSourceAllowed(address), String(address))
})
