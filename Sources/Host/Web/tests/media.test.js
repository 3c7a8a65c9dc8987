// @ts-check
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"

const web = new URL("../", import.meta.url)
const EMOTES = ["cozy", "gg", "heart", "hype", "laugh", "think", "wave", "wow"]

/** @param {string} folder */
function drawings(folder) {
  return readdirSync(new URL(folder, web)).map((name) => ({
    name: name.replace(/\.svg$/, ""),
    text: readFileSync(new URL(`${folder}${name}`, web), "utf8"),
  }))
}

test("the demo has eight emotes and twelve avatars under the names its viewers use", () => {
  assert.deepEqual(drawings("demo/emotes/").map(({ name }) => name).sort(), EMOTES)
  const avatars = drawings("demo/avatars/").map(({ name }) => Number(name)).sort((a, b) => a - b)
  assert.deepEqual(avatars, Array.from({ length: 12 }, (_, index) => index + 1))
})

test("a drawing of ours is nothing but shapes, has a size and is small", () => {
  for (const { name, text } of [...drawings("demo/emotes/"), ...drawings("demo/avatars/")]) {
    const tags = [...text.matchAll(/<([^\s/>!]+)/g)].map((match) => match[1])
    for (const tag of tags) assert.match(tag, /^(?:svg|g|path|circle|ellipse|rect)$/, name)
    assert.doesNotMatch(text.replace("http://www.w3.org/2000/svg", ""), /[:&!]|\bon\w+=|href|url\(|style/, name)
    assert.match(text, /^<svg xmlns="\S+" width="(\d+)" height="\1" viewBox="0 0 \1 \1">/, name)
    assert.ok(text.length < 4096, name)
  }
})

test("the chime is small, loud enough, not clipped, and begins and ends in silence", () => {
  const file = readFileSync(new URL("widgets/assets/chime.wav", web))
  const samples = Array.from({ length: (file.length - 44) / 2 }, (_, index) => file.readInt16LE(44 + 2 * index))
  const peak = Math.max(...samples.map(Math.abs)) / 32_767

  assert.ok(file.length < 40_000)
  assert.equal(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 16), "RIFFWAVEfmt ")
  assert.deepEqual([file.readUInt16LE(22), file.readUInt32LE(24), file.readUInt16LE(34)], [1, 22_050, 16])
  assert.ok(peak > 0.5 && peak < 0.9)
  assert.ok(Math.abs(samples[0]) < 50 && Math.abs(samples[samples.length - 1]) < 50)
})
