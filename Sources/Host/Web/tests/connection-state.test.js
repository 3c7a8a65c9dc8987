// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { connectionState, wantsLogin } from "../dashboard/model/connection-state.js"

test("a login that works and lacks rights is told from one that has ended", () => {
  assert.equal(connectionState({ status: "needs-login", missingScopes: [] }), "needs-login")
  assert.equal(connectionState({ status: "needs-login", missingScopes: ["bits:read"] }), "needs-rights")
})

test("a platform that does not answer is not to be signed in with, whatever it lacks", () => {
  assert.equal(connectionState({ status: "connecting", missingScopes: ["bits:read"] }), "connecting")
  assert.equal(connectionState({ status: "connecting", missingScopes: [], trouble: "answers" }), "connecting")
  assert.equal(connectionState({ status: "connecting", missingScopes: [], trouble: "events" }), "interrupted")
  assert.equal(connectionState({ status: "connected", missingScopes: [], trouble: "chat" }), "connected")
  assert.equal(connectionState({ status: "connected", missingScopes: [], trouble: "refused" }), "connected")
  for (const status of ["connected", "connecting", "off"]) {
    const state = connectionState({ status, missingScopes: [] })
    assert.equal(state, status)
    assert.equal(wantsLogin(state), false)
  }
})

test("a new login helps both who has none and who has granted too little", () => {
  assert.equal(wantsLogin("needs-login"), true)
  assert.equal(wantsLogin("needs-rights"), true)
})
