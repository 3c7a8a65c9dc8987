// @ts-check
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"

const web = new URL("../", import.meta.url)
const read = (/** @type {string} */ path) => readFileSync(new URL(path, web), "utf8")
const [en, de] = ["en", "de"].map((name) => JSON.parse(read(`locales/${name}.json`)))
const modules = /** @type {string[]} */ (readdirSync(new URL("dashboard/", web), { recursive: true }))
  .filter((path) => path.endsWith(".js")).map((path) => `dashboard/${path}`)
const templates = readdirSync(new URL("pages/", web)).map((path) => `pages/${path}`)
  .filter((path) => !path.endsWith("overlay.mustache"))

/** @param {string} sentence */
const argumentsOf = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test("English and German say the same things with the same arguments", () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort())
  for (const key of Object.keys(en)) {
    assert.deepEqual(argumentsOf(de[key]), argumentsOf(en[key]), key)
    assert.ok(en[key].trim() && de[key].trim(), key)
  }
})

test("every sentence that a page or a module asks for is there", () => {
  const asked = [
    ...templates.flatMap((path) =>
      [...read(path).matchAll(/\{\{words\.([\w.-]+)\}\}/g)].map((match) => [path, match[1]])
    ),
    ...modules.flatMap((path) => [...read(path).matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => [path, match[1]])),
  ]
  assert.ok(asked.length > 60)
  for (const [path, key] of asked) assert.ok(key in en || `${key}.other` in en, `${path}: ${key}`)
})

test("no template has words of its own", () => {
  for (const path of templates) assert.deepEqual(wordsOfTemplate(read(path)), [], path)
})

test("no module has words of its own", () => {
  for (const path of modules) assert.deepEqual(wordsOfModule(read(path)), [], path)
})

test("words that were forgotten would be found", () => {
  assert.deepEqual(wordsOfTemplate("<p>Hello {{name}}</p>"), ["Hello"])
  assert.deepEqual(wordsOfTemplate('<a title="Go home">{{x}}</a><i aria-label="{{a}}">1</i>'), ["Go home"])
  assert.deepEqual(wordsOfTemplate("<h1>StreamVibes</h1><code>if x then</code><kbd>Ctrl K</kbd>"), [])
  assert.deepEqual(wordsOfModule('h("p", { class: "a b" }, "Two words")'), ["Two words"])
  assert.deepEqual(wordsOfModule('toast("Saved"); announce(`Moved ${name}`)'), ["Saved", "Moved ${name}"])
  assert.deepEqual(wordsOfModule('h("input", { placeholder: "Name", "aria-label": "Your name" })'), [
    "Name",
    "Your name",
  ])
  assert.deepEqual(wordsOfModule('label.textContent = "Ready"'), ["Ready"])
  assert.deepEqual(
    wordsOfModule('h("div", { class: isOn ? "tab on" : "tab" }, t("a.b"), h("kbd", null, "Ctrl K"))'),
    [],
  )
})

test("every icon that is asked for is drawn", () => {
  const drawn = new Set([...read("dashboard/icons.svg").matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]))
  const asked = [
    ...modules.flatMap((path) => [...read(path).matchAll(/\bicon\("([^"]+)"\)|\bicon: "([^"]+)"/g)]),
    ...templates.flatMap((path) => [...read(path).matchAll(/icons\.svg#([a-z-]+)"/g)]),
  ].map((match) => match[1] ?? match[2])
  assert.ok(asked.length > 10)
  for (const name of asked) assert.ok(drawn.has(name), name)
})

/**
 * Text and spoken attributes that stand in a template as they are. Names and program text are nobody's language.
 * @param {string} template
 */
function wordsOfTemplate(template) {
  const markup = template.replace(/<(code|kbd|script|style)\b[\s\S]*?<\/\1>/g, "").replace(/<!--[\s\S]*?-->/g, "")
  const spoken = [...markup.matchAll(/\s(?:alt|aria-label|placeholder|title|aria-description)="([^"]*)"/g)]
  const text = markup.replace(/<[^>]*>/g, "\n")
  return [...spoken.map((match) => match[1]), ...text.split("\n")]
    .map((part) => part.replace(/\{\{\{?[^}]*\}?\}\}/g, "").replace(/StreamVibes|·/g, "").trim())
    .filter((part) => /\p{L}/u.test(part))
}

/**
 * Literals of a module that people would read: what is given to `toast`, `announce`, `ask`, as text to `h`, as a spoken
 * attribute or as a text content.
 * @param {string} module
 */
function wordsOfModule(module) {
  const code = module.replace(/^\s*(\/\/|\/?\*).*$/gm, "").replace(/h\("kbd", null, "[^"]*"\)/g, "")
  const spoken = "textContent|innerText|title|placeholder|ariaLabel|label|body|action|aria-label"
  const looks = [
    /\b(?:toast|announce)\(\s*(["`])((?:(?!\1).)*)\1/g,
    new RegExp(`\\b(?:${spoken})"?\\s*[:=]\\s*(["\`])((?:(?!\\1).)*)\\1`, "g"),
    // The last arguments of h: what follows a closed object, "null" or another child.
    /(?:\}|\bnull),\s*(["`])((?:(?!\1).)*)\1\s*,?\s*\)/g,
  ]
  return looks.flatMap((look) => [...code.matchAll(look)].map((match) => match[2]))
    .filter((text) => /\p{Lu}|\p{L}+ \p{L}/u.test(text.replace(/\$\{[^}]*\}/g, "")))
}

// What has its capital letter wherever it stands; names of pages are written as the page's name.
const NAMES = new Set([
  ..."I Twitch Kick OBS StreamVibes Lua JSON JavaScript API Prime Apache License MiB KiB Europe Berlin".split(" "),
  ..."Ko Stripe Buy Me Coffee Ctrl Shift Alt Esc Tab Enter Undo Home Layouts Widgets Theme Settings".split(" "),
])

test("sentences are plain: no title case, no exclamation marks, none of the words that say nothing", () => {
  for (const [key, text] of Object.entries(/** @type {Record<string, string>} */ (en))) {
    assert.doesNotMatch(text, /!|\b(please|oops|successfully|instance|payload|entity|entities)\b/i, key)
    // A reason is a sentence of its own.
    const later = text.split(/[.:?·]\s+|\n|\{reason\} /).flatMap((sentence) =>
      sentence.match(/\p{L}+/gu)?.slice(1) ?? []
    )
    assert.deepEqual(later.filter((word) => /^[A-Z][a-z]/.test(word) && !NAMES.has(word)), [], key)
  }
  for (const [key, text] of Object.entries(/** @type {Record<string, string>} */ (de))) {
    assert.doesNotMatch(text, /!|\b(bitte|hoppla|erfolgreich|instanz|payload|entität)\b/i, key)
  }
})
