// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { page } from "./fake-page.js"
import { ask, openDialog, SaidAtField } from "../dashboard/elements/dialog.js"

/** What is asked, with what somebody can do about it. */
function opened() {
  const dialog = page.body.querySelectorAll("dialog").at(-1)
  const [leave, accept] = dialog?.querySelectorAll("button") ?? []
  const form = dialog?.querySelector("form")
  const failure = dialog?.querySelector(".notice")
  assert.ok(dialog && leave && accept && form && failure)
  /** @param {Event} event */
  const refuses = (event) => !dialog.dispatchEvent(event)
  return {
    dialog,
    leave,
    accept,
    failure,
    press: () => form.dispatchEvent(new Event("submit", { cancelable: true })),
    type: () => form.dispatchEvent(new Event("input")),
    /** Whether Escape did nothing, as the browser would close what does not say no. */
    refusesEscape: () => refuses(new Event("cancel", { cancelable: true })),
    pressBeside() {
      dialog.dispatchEvent(new Event("pointerdown"))
      dialog.dispatchEvent(new Event("click"))
    },
  }
}

const settled = () => new Promise((done) => setImmediate(done))
const question = { title: "Let it go?", action: "Let go" }

test("while what was asked for is done nothing leaves the dialog, and what came of it is told", async () => {
  /** @type {PromiseWithResolvers<void>} */
  const work = Promise.withResolvers()
  let count = 0
  const answer = openDialog({
    ...question,
    submit() {
      count += 1
      return work.promise
    },
  })
  const { dialog, leave, accept, press, refusesEscape, pressBeside } = opened()

  press()
  press()
  leave.click()
  pressBeside()

  assert.equal(count, 1)
  assert.equal(leave.disabled, true)
  assert.equal(accept.ariaBusy, "true")
  assert.equal(refusesEscape(), true)
  assert.equal(dialog.getAttribute("closedby"), "none")
  assert.equal(dialog.open, true)
  work.resolve()
  assert.equal(await answer, true)
  assert.equal(dialog.isConnected, false)
})

test("what went wrong is said, and then all of it can be used again", async () => {
  let isAway = true
  const submit = () => isAway ? Promise.reject(new Error("The host rests.")) : Promise.resolve()
  const answer = openDialog({ ...question, submit })
  const { dialog, leave, accept, failure, press, refusesEscape } = opened()

  press()
  await settled()

  assert.equal(dialog.open, true)
  assert.equal(failure.hidden, false)
  assert.equal(failure.textContent, "The host rests.")
  assert.equal(leave.disabled, false)
  assert.equal(accept.ariaBusy, null)
  assert.equal(dialog.getAttribute("closedby"), null)
  assert.equal(refusesEscape(), false)
  isAway = false
  press()
  assert.equal(failure.hidden, true)
  assert.equal(await answer, true)
})

test("what a field says itself adds nothing, and the dialog can be left", async () => {
  const answer = openDialog({ ...question, submit: () => Promise.reject(new SaidAtField()) })
  const { leave, failure, press } = opened()
  press()
  await settled()
  assert.equal(failure.hidden, true)
  leave.click()
  assert.equal(await answer, false)
})

test("what was typed is not lost by Escape or a click beside it", async () => {
  const answer = openDialog(question)
  const { dialog, leave, type, refusesEscape, pressBeside } = opened()
  assert.equal(refusesEscape(), false)
  type()
  assert.equal(refusesEscape(), true)
  pressBeside()
  assert.equal(dialog.open, true)
  leave.click()
  assert.equal(await answer, false)
})

test("a question is answered by its button, and left by a click beside it", async () => {
  const yes = ask(question)
  opened().press()
  assert.equal(await yes, true)
  const no = ask(question)
  opened().pressBeside()
  assert.equal(await no, false)
})
