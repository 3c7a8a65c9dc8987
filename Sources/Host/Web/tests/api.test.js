// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { api, ApiError, list, listAll, SignedOut } from "../dashboard/model/api.js"

/** @param {...(Response | Error)} answers what the host says, one after the other */
function host(...answers) {
  /** @type {{path: string, init: any}[]} */
  const asked = []
  const send = (/** @type {any} */ path, /** @type {any} */ init) => {
    asked.push({ path, init })
    const answer = answers.shift()
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer)
  }
  return { asked, options: { fetch: send, csrfToken: "token" } }
}

test("a change carries the page's token and its body, and gives what the answer holds", async () => {
  const { asked, options } = host(Response.json({ data: { id: "1" } }, { status: 201 }))
  assert.deepEqual(await api("POST", "/api/layouts", { name: "Main" }, options), { id: "1" })
  assert.equal(asked[0].init.headers["X-CSRF-Token"], "token")
  assert.equal(asked[0].init.headers["Content-Type"], "application/json")
  assert.equal(asked[0].init.body, '{"name":"Main"}')
})

test("a deletion answers nothing, and a file is sent as it is", async () => {
  const file = new Blob(["x"], { type: "image/png" })
  const { asked, options } = host(new Response(null, { status: 204 }), Response.json({ data: 1 }))
  assert.equal(await api("DELETE", "/api/layouts/1", undefined, options), null)
  await api("POST", "/api/files", file, options)
  assert.equal(asked[1].init.body, file)
  assert.equal(asked[1].init.headers["Content-Type"], "image/png")
})

test("an answer is waited for two minutes, that to a file for as long as it takes", async (context) => {
  const waited = context.mock.method(AbortSignal, "timeout")
  const { asked, options } = host(Response.json({ data: 1 }), Response.json({ data: 1 }))
  await api("GET", "/api/layouts", undefined, options)
  assert.deepEqual(waited.mock.calls.map((call) => call.arguments), [[120_000]])
  assert.equal(asked[0].init.signal, waited.mock.calls[0]?.result)
  await api("POST", "/api/files", new Blob(["x"]), options)
  assert.equal(asked[1].init.signal, null)
})

test("a refusal says in the host's words why", async () => {
  const error = { code: "CONFLICT", message: "Changed elsewhere.", details: { version: 7 } }
  const { options } = host(Response.json({ error }, { status: 409 }), new Response("<html>", { status: 502 }))
  await assert.rejects(api("PUT", "/api/layouts/1", {}, options), { status: 409, ...error })
  await assert.rejects(api("GET", "/api/layouts", undefined, options), { status: 502, code: "INTERNAL_ERROR" })
})

test("a session that has ended and a host that is away are told apart", async () => {
  const { options } = host(Response.json({ error: {} }, { status: 401 }), new TypeError("Failed to fetch"))
  await assert.rejects(api("GET", "/api/session", undefined, options), SignedOut)
  const away = await api("GET", "/api/session", undefined, options).catch((error) => error)
  assert.ok(away instanceof ApiError && away.status === 0 && away.code === "UNREACHABLE")
})

test("what is cancelled is no failure of the host", async () => {
  const reason = new DOMException("stop", "AbortError")
  const { options } = host(reason)
  await assert.rejects(api("GET", "/api/x", undefined, { ...options, signal: AbortSignal.abort() }), reason)
})

test("a list comes with its numbers, or whole", async () => {
  const page = (/** @type {number[]} */ data, /** @type {boolean} */ hasMore) =>
    Response.json({ data, meta: { hasMore } })
  const { asked, options } = host(page([1], false), page([1, 2], true), page([3], false))
  assert.deepEqual(await list("/api/themes", options), { data: [1], meta: { hasMore: false } })
  assert.deepEqual(await listAll("/api/widgets?layoutId=1", options), [1, 2, 3])
  assert.equal(asked[2].path, "/api/widgets?layoutId=1&page=2&perPage=100")
})

/** What `api` asks of its page, of the streamer `ann`. */
class Meta {
  content = "old"
}

/**
 * A refused change on the page of `ann`, after somebody has signed in in another tab.
 * @param {string} streamerId who that is
 */
function signedInElsewhere(streamerId) {
  const meta = new Meta()
  const page = /** @type {any} */ (globalThis)
  page.HTMLMetaElement = Meta
  page.document = { querySelector: () => meta, body: { dataset: { streamer: "ann" } } }
  const { asked, options } = host(
    Response.json({ error: { code: "FORBIDDEN", message: "The token is another one." } }, { status: 403 }),
    Response.json({ data: { streamerId, csrfToken: "new" } }),
    new Response(null, { status: 204 }),
  )
  return { asked, meta, deleted: api("DELETE", "/api/account", undefined, { fetch: options.fetch }) }
}

test("who has signed in again in another tab goes on with the token from there", async () => {
  const { asked, meta, deleted } = signedInElsewhere("ann")
  await deleted
  assert.deepEqual(asked.map(({ path, init }) => [path, init.headers["X-CSRF-Token"]]), [
    ["/api/account", "old"],
    ["/api/session", undefined],
    ["/api/account", "new"],
  ])
  assert.equal(meta.content, "new")
})

test("what one streamer wanted is never done as another who has signed in since", async () => {
  const { asked, meta, deleted } = signedInElsewhere("ben")
  await assert.rejects(deleted, SignedOut)
  assert.deepEqual(asked.map(({ path }) => path), ["/api/account", "/api/session"])
  assert.equal(meta.content, "old")
})
