// @ts-check
import assert from "node:assert/strict"
import { test } from "node:test"
import { browserName } from "../dashboard/model/browser-name.js"

const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"

test("a browser is called as people call it", () => {
  const named = [
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME}`, "Chrome", "Windows"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/126.0.0.0`, "Edge", "Windows"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} OBS/30.1.2`, "OBS", "Windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Linux"],
    ["Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome", "Android"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
      "Safari",
      "iOS",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
      "Safari",
      "macOS",
    ],
  ]
  for (const [agent, browser, system] of named) assert.deepEqual(browserName(agent), { browser, system })
})

test("what nobody knows is not guessed", () => {
  assert.deepEqual(browserName(""), { browser: null, system: null })
  assert.deepEqual(browserName("curl/8.5.0"), { browser: null, system: null })
})
