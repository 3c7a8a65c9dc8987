// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { eventWay } from "../dashboard/model/event-way.js"

const offered = ["twitch", "kick"]

test("under HTTPS both platforms deliver", () => {
  const host = { offered, sockets: [], chats: [], delivers: true }
  assert.equal(eventWay("twitch", host), "delivered")
  assert.equal(eventWay("kick", host), "delivered")
})

test("without it the host listens to Twitch, and Kick has no way", () => {
  const host = { offered, sockets: ["twitch"], chats: [], delivers: false }
  assert.equal(eventWay("twitch", host), "socket")
  assert.equal(eventWay("kick", host), "none")
})

test("a host that may not let Twitch deliver listens to it under HTTPS, too", () => {
  const host = { offered, sockets: ["twitch"], chats: [], delivers: true }
  assert.equal(eventWay("twitch", host), "socket")
  assert.equal(eventWay("kick", host), "delivered")
})

test("where Kick's chat is read at a socket, that is said unless Kick delivers it all", () => {
  const host = { offered, sockets: ["twitch"], chats: ["kick"], delivers: false }
  assert.equal(eventWay("kick", host), "chat")
  assert.equal(eventWay("kick", { ...host, delivers: true }), "delivered")
})

test("nothing is said of a platform at which the host has no application", () => {
  for (const delivers of [true, false]) {
    assert.equal(eventWay("kick", { offered: ["twitch"], sockets: ["twitch"], chats: [], delivers }), null)
    assert.equal(eventWay("twitch", { offered: [], sockets: [], chats: [], delivers }), null)
    assert.equal(eventWay("kick", { offered: ["twitch"], sockets: [], chats: ["kick"], delivers }), null)
  }
})
