// @ts-check
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"

/*
 * What only a browser can answer: the overlay page runs in Chromium, and `browser-checks.js` plays the server to it.
 */

const CHROMIUM = "/usr/bin/chromium"
const LONGEST_RUN_MS = 60_000
const web = new URL("../", import.meta.url)

const TYPES = new Map([["js", "text/javascript"], ["css", "text/css"], ["svg", "image/svg+xml"]])
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><circle r="28" fill="#5ea8ff"/></svg>`
const PAGE = `<!doctype html>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/overlay/overlay.css">
<body data-platform="twitch" data-channel="demo" data-view="overlay"><div id="stage"></div>
<script type="module" src="/tests/browser-checks.js"></script>`

/** @typedef {{name: string, fault: string | null}} Outcome */

/** @type {(outcomes: Outcome[]) => void} */
let report = () => {}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "", "http://host")
  if (pathname === "/outcomes") return void receive(request, response)
  const [status, type, content] = answer(pathname)
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(content)
})

before(async () => {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
})
after(() => server.close())

test("the overlay page in Chromium", (t) => checkIn(t, "/", []))

test("the overlay page that is asked for less motion", (t) => checkIn(t, "/?motion=reduced", []))

test("the overlay page in a browser that wants less motion", (t) => {
  return checkIn(t, "/", ["--force-prefers-reduced-motion"])
})

/**
 * @param {import("node:test").TestContext} t
 * @param {string} address
 * @param {string[]} options of the browser
 */
async function checkIn(t, address, options) {
  const outcomes = await run(address, options)

  assert.ok(outcomes.length > 0)
  for (const { name, fault } of outcomes) await t.test(name, () => assert.equal(fault, null))
}

/**
 * @param {string} address
 * @param {string[]} options
 * @returns {Promise<Outcome[]>}
 */
async function run(address, options) {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address())
  const profile = mkdtempSync(join(tmpdir(), "streamvibes-checks-"))
  /** @type {Promise<Outcome[]>} */
  const reported = new Promise((resolve) => report = resolve)
  const browser = spawn(CHROMIUM, [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    `--user-data-dir=${profile}`,
    "--window-size=1920,1080",
    ...options,
    `http://127.0.0.1:${port}${address}`,
  ], { stdio: "ignore" })
  const ended = once(browser, "exit")
  const missing = once(browser, "error").then(([error]) => {
    throw new Error(`${CHROMIUM} does not start; run: apt-get install chromium`, { cause: error })
  })
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the page did not report")), LONGEST_RUN_MS)
  })
  try {
    return await Promise.race([reported, missing, tooLong])
  } finally {
    clearTimeout(timer)
    if (browser.kill()) await ended
    await forget(profile)
  }
}

/**
 * The browser's own helpers end a moment after it and may still write.
 * @param {string} profile
 */
async function forget(profile) {
  for (let attempt = 0;; attempt++) {
    try {
      return rmSync(profile, { recursive: true, force: true })
    } catch (error) {
      if (attempt === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function receive(request, response) {
  let text = ""
  for await (const piece of request) text += piece
  response.end()
  report(JSON.parse(text))
}

/**
 * @param {string} path
 * @returns {[status: number, type: string, content: string | Buffer]}
 */
function answer(path) {
  if (path === "/") return [200, "text/html", PAGE]
  if (path.startsWith("/img/ok")) return [200, "image/svg+xml", PICTURE]
  // A picture by its name only, as a source that has gone wrong may send it.
  if (path.startsWith("/img/broken")) return [200, "image/png", "no picture"]
  try {
    return [200, TYPES.get(path.split(".").pop() ?? "") ?? "text/plain", readFileSync(new URL(`.${path}`, web))]
  } catch {
    return [404, "text/plain", "nothing here"]
  }
}
