// @ts-check

/** A network that has gone without a word keeps nobody behind a dialog for ever; uploads take as long as they take. */
const ANSWER_MS = 120_000

/** What the host did not do, and why, in its own words. */
export class ApiError extends Error {
  /** @override */
  name = "ApiError"

  /**
   * @param {number} status 0 = the host was not reached
   * @param {string} code `CONFLICT` and so on; `UNREACHABLE` where the host was not reached
   * @param {string} message
   * @param {any} [details]
   */
  constructor(status, code, message, details) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** The session is over; only signing in again helps. */
export class SignedOut extends Error {
  /** @override */
  name = "SignedOut"
}

/**
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal]
 * @property {typeof fetch} [fetch] for tests
 * @property {string} [csrfToken] the page's own unless given
 */

/**
 * Asks the host's API; the answer's `data`, `null` where there is none.
 * @param {string} method
 * @param {string} path begins with `/api/`
 * @param {any} [body] JSON, but a `Blob` is sent as it is
 * @param {CallOptions} [options]
 * @returns {Promise<any>}
 */
export async function api(method, path, body, options = {}) {
  return (await call(method, path, body, options))?.data ?? null
}

/**
 * A list of the host's API with what belongs to it.
 * @param {string} path
 * @param {CallOptions} [options]
 * @returns {Promise<{data: any[], meta: any}>}
 */
export async function list(path, options = {}) {
  return await call("GET", path, undefined, options)
}

/**
 * Every item of a list, however many pages it has.
 * @param {string} path
 * @param {CallOptions} [options]
 * @returns {Promise<any[]>}
 */
export async function listAll(path, options = {}) {
  const items = []
  for (let page = 1;; page += 1) {
    const { data, meta } = await list(`${path}${path.includes("?") ? "&" : "?"}page=${page}&perPage=100`, options)
    items.push(...data)
    if (!meta.hasMore || data.length === 0) return items
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {any} body
 * @param {CallOptions} options
 */
async function call(method, path, body, { signal, fetch: send = fetch, csrfToken }) {
  try {
    return await ask(method, path, body, { signal, send, csrfToken })
  } catch (error) {
    const isRefused = error instanceof ApiError && error.status === 403 && method !== "GET" && !csrfToken
    if (!isRefused || !await renewToken(send)) throw error
    return await ask(method, path, body, { signal, send, csrfToken })
  }
}

/**
 * Somebody who has signed in again in another tab has another token there: takes it over, and says whether it is new.
 *
 * Where somebody else has signed in since, nothing of what this page was asked for is said as them.
 * @param {typeof fetch} send
 */
async function renewToken(send) {
  const meta = document.querySelector('meta[name="csrf-token"]')
  if (!(meta instanceof HTMLMetaElement)) return false
  const { data } = await ask("GET", "/api/session", undefined, { send })
  if (data.streamerId !== document.body.dataset.streamer) throw new SignedOut()
  if (meta.content === data.csrfToken) return false
  meta.content = data.csrfToken
  return true
}

/**
 * @param {string} method
 * @param {string} path
 * @param {any} body
 * @param {{signal?: AbortSignal | undefined, send: typeof fetch, csrfToken?: string | undefined}} options
 */
async function ask(method, path, body, { signal, send, csrfToken }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" }
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken ?? pageToken()
  const isRaw = body instanceof Blob
  if (body !== undefined) headers["Content-Type"] = isRaw ? body.type || "application/octet-stream" : "application/json"

  const content = body === undefined || isRaw ? body : JSON.stringify(body)
  const limit = signal ?? (isRaw ? null : AbortSignal.timeout(ANSWER_MS))
  /** @type {Response} */
  let response
  try {
    response = await send(path, { method, headers, body: content, signal: limit })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, "UNREACHABLE", "The host cannot be reached.")
  }
  if (response.status === 401) throw new SignedOut()
  if (response.status === 204) return null
  const answer = await response.json().catch(() => null)
  if (response.ok) return answer
  const { code = "INTERNAL_ERROR", message = `The host answered ${response.status}.`, details } = answer?.error ?? {}
  throw new ApiError(response.status, code, message, details)
}

function pageToken() {
  const meta = document.querySelector('meta[name="csrf-token"]')
  return meta instanceof HTMLMetaElement ? meta.content : ""
}
