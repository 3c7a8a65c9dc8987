// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { overlayAddress } from "../dashboard/model/overlay-address.js"

const place = { platform: "twitch", channel: "demo" }

test("the default layout needs no name, so the address follows when another becomes the default", () => {
  const layout = { id: "a", isDefault: true, key: null }
  assert.equal(overlayAddress("https://h.example/x", place, "overlay", layout), "https://h.example/twitch/demo/overlay")
})

test("a key stands in the fragment, where no server sees it", () => {
  const address = new URL(overlayAddress("https://h.example", place, "chat", { id: "a", isDefault: false, key: "k+1" }))
  assert.equal(address.pathname + address.search, "/twitch/demo/chat?layout=a")
  assert.equal(new URLSearchParams(address.hash.slice(1)).get("key"), "k+1")
})

test("a channel's name cannot lead elsewhere", () => {
  const address = overlayAddress("https://h.example", { platform: "kick", channel: "../x?y#z" }, "overlay", {
    id: "a",
    isDefault: true,
    key: null,
  })
  assert.equal(new URL(address).pathname, "/kick/..%2Fx%3Fy%23z/overlay")
})
