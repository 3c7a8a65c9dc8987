// Records what the landing page's overlay plays: a preview of the demo's layout with a fixed list of made-up events.
// Run it with `.build/deno/bin/deno run -A Scripts/record-landing.mjs` after a change of the built-in widgets; it needs
// a built program.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../", import.meta.url))
const out = join(root, "Sources/Host/Web/landing/recording.json")
const LENGTH = 24_000

const person = (name, color) => ({ id: name.toLowerCase(), login: name.toLowerCase(), displayName: name, color })
const say = (at, name, color, text) => [at, "chat:message", { user: person(name, color), text }]
/** When, what, and what it carries. */
const events = [
  say(300, "Aurora99", "#3DD68C", "good evening everyone"),
  say(1_400, "nightowl", "#5EA8FF", "that castle looks locked"),
  say(2_600, "MiraPlays", "#F5B942", "try the left tower first"),
  [3_400, "event:follow", { user: person("zedwick", "#8CC2FF") }],
  say(4_800, "zedwick", "#8CC2FF", "hi, found you by the music"),
  say(6_200, "Aurora99", "#3DD68C", "welcome in zedwick"),
  say(7_900, "kestrel_7", "#FF8A5C", "the bridge is a trap, watch your step"),
  [10_000, "event:subscribe", {
    user: person("Aurora99", "#3DD68C"),
    kind: "renewal",
    tier: "1000",
    months: 6,
    message: "half a year of castles",
  }],
  say(11_600, "nightowl", "#5EA8FF", "six months already"),
  say(13_200, "MiraPlays", "#F5B942", "told you it was the left tower"),
  [16_400, "event:tip", {
    user: person("nightowl", "#5EA8FF"),
    amount: { minor: 500, currency: "EUR" },
    kind: "donation",
    message: "for the map maker",
  }],
  say(18_100, "kestrel_7", "#FF8A5C", "what a jump"),
  say(19_800, "zedwick", "#8CC2FF", "I am staying"),
]

const data = mkdtempSync(join(tmpdir(), "streamvibes-record-"))
const host = spawn(join(root, ".build/debug/streamvibes"), [
  "serve",
  "--demo",
  "--demo-rate",
  "0",
  "--port",
  "0",
  "--data-dir",
  data,
])
try {
  const base = `http://127.0.0.1:${await port()}`
  const login = await fetch(`${base}/auth/demo`, { method: "POST", redirect: "manual" })
  const cookie = login.headers.get("set-cookie").split(";")[0]
  const ask = async (path) => (await (await fetch(base + path, { headers: { cookie } })).json()).data
  const layout = (await ask("/api/layouts"))[0]
  const recording = await record(base.replace("http", "ws"), cookie, layout.id)
  writeFileSync(out, `${JSON.stringify(recording)}\n`)
  console.log(`${out}: ${recording.patches.length} patches`)
} finally {
  host.kill()
  rmSync(data, { recursive: true, force: true })
}

/** The port on which the host says that it listens. */
async function port() {
  let text = ""
  for await (const piece of host.stdout) {
    text += piece
    const found = /127\.0\.0\.1:(\d+)/.exec(text) ?? /"port":"?(\d+)/.exec(text)
    if (found) return found[1]
  }
  throw new Error(`the host did not start: ${text}`)
}

function record(address, cookie, layoutId) {
  const socket = new WebSocket(`${address}/ws`, { headers: { cookie } })
  const send = (type, payload) => socket.send(JSON.stringify({ type, payload }))
  const patches = []
  const { promise, resolve, reject } = Promise.withResolvers()
  let snapshot = null
  let begun = 0
  socket.onopen = () => send("overlay:subscribe", { platform: "twitch", channel: "demo", view: "preview", layoutId })
  socket.onclose = ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`))
  socket.onmessage = ({ data }) => {
    const { type, payload } = JSON.parse(data)
    if (type === "overlay:snapshot" && !snapshot) {
      snapshot = payload
      begun = performance.now()
      for (const [at, type, payload] of events) setTimeout(() => send("preview:event", { type, payload }), at)
      setTimeout(() => {
        resolve({ snapshot, length: LENGTH, patches })
        socket.close()
      }, LENGTH)
    } else if (type === "overlay:patch") {
      patches.push({ at: Math.round(performance.now() - begun), payload })
    }
  }
  return promise
}
