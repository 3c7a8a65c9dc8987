// @ts-check
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { page } from "./fake-page.js"
import { h } from "../dashboard/elements/dom.js"
import { connections, CONNECTIONS_PART, refreshConnections } from "../dashboard/settings/connections.js"

/** What the host says of one of them. @param {string} platform */
const fine = (platform) => ({
  platform,
  channel: "demo",
  connectedAt: "2026-01-01T00:00:00Z",
  status: "connected",
  missingScopes: /** @type {string[]} */ ([]),
  trouble: /** @type {string | null} */ (null),
  followersAtStart: null,
})
/** @type {ReturnType<typeof fine>[]} */
let told = []
const fetchTold = () => Promise.resolve(Response.json({ data: { connectedPlatforms: told } }))

beforeEach(async () => {
  page.body.dataset.offered = "twitch kick"
  page.body.dataset.uncounted = "kick"
  globalThis.fetch = fetchTold
  told = [fine("twitch"), fine("kick")]
  await draw()
})

async function draw() {
  const heading = h("h2", { id: `${CONNECTIONS_PART}-title` })
  const part = h("section", { id: CONNECTIONS_PART }, heading, await connections(draw))
  page.body.replaceChildren(/** @type {any} */ (part))
}

/** @param {string} platform */
function row(platform) {
  const element = page.querySelectorAll("li").find((one) => one.dataset.platform === platform)
  assert.ok(element)
  return {
    element,
    note: element.querySelectorAll("p")[1]?.textContent,
    badge: element.querySelector(".badge")?.textContent,
    login: element.querySelector("a"),
  }
}

test("a login that ends is told where it stands, and what is typed beside it stays", async () => {
  const { element, badge, login } = row("kick")
  assert.deepEqual([badge, login], ["settings.status-connected", null])
  const field = page.getElementById("followers-kick")
  assert.ok(field)
  field.value = "12"
  field.focus()
  told = [fine("twitch"), { ...fine("kick"), status: "needs-login" }]

  await refreshConnections()

  const now = row("kick")
  assert.equal(now.element, element)
  assert.deepEqual([now.badge, now.note], ["settings.status-needs-login", "settings.expired"])
  assert.equal(now.login?.getAttribute("href"), "/auth/login/kick?intent=connect")
  assert.equal(page.getElementById("followers-kick"), field)
  assert.equal(field.value, "12")
  assert.equal(page.activeElement, field)
})

test("a trouble comes and heals without anything of its row being made anew", async () => {
  const buttons = page.querySelectorAll("button")
  told = [{ ...fine("twitch"), status: "connecting", trouble: "events" }, fine("kick")]
  await refreshConnections()
  assert.deepEqual([row("twitch").badge, row("twitch").note], ["settings.status-interrupted", "home.trouble-events"])
  const [dot] = page.querySelectorAll(".dot")
  await refreshConnections()
  assert.equal(page.querySelectorAll(".dot")[0], dot, "what says the same stays")
  told = [fine("twitch"), fine("kick")]
  await refreshConnections()
  assert.deepEqual([row("twitch").badge, row("twitch").note], ["settings.status-connected", ""])
  assert.deepEqual(page.querySelectorAll("button"), buttons)
})

test("a platform that refuses some events is connected, and that is said until they come", async () => {
  told = [fine("twitch"), { ...fine("kick"), trouble: "refused" }]
  await refreshConnections()
  assert.deepEqual([row("kick").badge, row("kick").note], ["settings.status-connected", "home.trouble-refused"])
  assert.equal(row("kick").login, null, "a new login would change nothing")
  told = [fine("twitch"), fine("kick")]
  await refreshConnections()
  assert.deepEqual([row("kick").badge, row("kick").note], ["settings.status-connected", ""])
})

test("where the way to a new login goes, reading goes on at the same part", async () => {
  told = [fine("twitch"), { ...fine("kick"), status: "needs-login", missingScopes: ["a"] }]
  await refreshConnections()
  const { login } = row("kick")
  login?.focus()
  await refreshConnections()
  assert.equal(page.activeElement, login)
  told = [fine("twitch"), fine("kick")]
  await refreshConnections()
  assert.equal(row("kick").login, null)
  assert.equal(page.activeElement.id, "connections-title")
})

test("a platform that was let go in another tab can be connected again, and the other row stays", async () => {
  const { element } = row("twitch")
  told = [fine("twitch")]
  await refreshConnections()
  assert.deepEqual([row("kick").badge, row("kick").note], [undefined, undefined])
  assert.equal(row("twitch").element, element)
  told = [fine("twitch"), fine("kick")]
  await refreshConnections()
  assert.equal(row("kick").badge, "settings.status-connected")
  assert.deepEqual(page.querySelectorAll("li").map((one) => one.dataset.platform), ["twitch", "kick"])
})

test("a host that is away takes back nothing, and an answer that is overtaken says nothing", async () => {
  globalThis.fetch = () => Promise.reject(new Error("no network"))
  await refreshConnections()
  assert.equal(row("kick").badge, "settings.status-connected")

  /** @type {PromiseWithResolvers<Response>} */
  const late = Promise.withResolvers()
  globalThis.fetch = () => late.promise
  const look = refreshConnections()
  globalThis.fetch = fetchTold
  told = [fine("twitch")]
  await draw()
  late.resolve(Response.json({ data: { connectedPlatforms: [fine("twitch"), fine("kick")] } }))
  await look
  assert.equal(row("kick").badge, undefined)
})
