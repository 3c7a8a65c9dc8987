// @ts-check
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { posix } from "node:path"
import { test } from "node:test"

const web = new URL("../", import.meta.url)
const read = (/** @type {string} */ path) => readFileSync(new URL(path, web), "utf8")
const files = (/** @type {string} */ folder, /** @type {string} */ ending) =>
  /** @type {string[]} */ (readdirSync(new URL(folder, web), { recursive: true }))
    .filter((path) => path.endsWith(ending)).map((path) => folder + path)

const keys = Object.keys(JSON.parse(read("locales/en.json")))
const scripts = [...files("dashboard/", ".js"), ...files("overlay/", ".js")].map(read).join("\n")
const templates = files("pages/", ".mustache").map(read).join("\n")
const program = files("../", ".swift").map(read).join("\n")

/** Keys that are put together of a beginning and what comes at run time; all that begin so count as used. */
const FAMILIES = [
  ..."editor.backdrop- editor.category- editor.cell- editor.grid- editor.health- editor.kind- editor.mode-".split(" "),
  ..."editor.pixel- editor.sample- editor.save- editor.test- error. event. form.error- form.upload- home.".split(" "),
  ..."home.problem- home.status- home.test- home.trouble- home.view- kind. nav. problem. setting. shell.".split(" "),
  ..."shortcuts. services.find- services.secret- services.step- services.wanted- settings.".split(" "),
  ..."settings.status- settings.view- settings.way- theme. theme.ground- theme.refused- theme.scale-".split(" "),
  ..."widgets.filter- widgets.may- widgets.reads- wizard. wizard.hint- wizard.layout- wizard.step-".split(" "),
  ..."wizard.title-".split(" "),
]
/** Of families as wide as a whole page, what can come at run time. */
const MEMBERS = new Map([
  ["home.", ["morning", "afternoon", "evening"]],
  ["shell.", ["connecting", "live", "reconnecting", "refused", "offline"]],
  ["settings.", [
    ..."expired more-rights is-off".split(" "),
    ..."private public rotate end".split(" ").flatMap((what) => [what, `${what}-title`, `${what}-body`]),
  ]],
  ["theme.", [
    ..."primary secondary accent background backgroundAlpha text mutedText radius spacing".split(" "),
    ..."headingFont bodyFont fontScale".split(" "),
  ]],
  ["wizard.", ["open", "done", "skipped"]],
])
/** Beginnings that no program text has as they are: the first half is chosen, too. */
const CHOSEN = new Set(["editor.cell-", "editor.pixel-", "home.problem-"])

test("every sentence of the catalogue is said somewhere", () => {
  const literal = new Set([...`${scripts}\n${program}`.matchAll(/["`]([a-z]+\.[\w.-]+)["`]/g)].map((match) => match[1]))
  for (const match of templates.matchAll(/words\.([\w.-]+)/g)) literal.add(match[1])
  const isUsed = (/** @type {string} */ key) =>
    literal.has(key) || literal.has(key.replace(/\.(one|other)$/, "")) ||
    FAMILIES.some((family) =>
      MEMBERS.has(family)
        ? MEMBERS.get(family)?.includes(key.slice(family.length)) && key.startsWith(family)
        : key.startsWith(family)
    )
  assert.deepEqual(keys.filter((key) => !isUsed(key)), [])
})

test("every family of sentences is still asked for", () => {
  for (const family of FAMILIES) {
    if (CHOSEN.has(family)) continue
    const isAsked = scripts.includes(`\`${family}\${`) || program.includes(`"${family}\\(`)
    assert.ok(isAsked, family)
    assert.ok(keys.some((key) => key.startsWith(family)), family)
  }
})

/**
 * The modules that a page needs, and those besides that it loads when they are wanted.
 * @param {string} entry
 * @param {RegExp} asked
 */
function modulesOf(entry, asked) {
  const found = new Set([entry])
  for (const path of found) {
    for (const match of read(path).matchAll(asked)) found.add(posix.join(posix.dirname(path), match[1]))
  }
  return [...found]
}

test("a page carries the words of what it loads later, too", () => {
  const pages = read("../HTTP/Pages.swift")
  const listed = (/** @type {string | undefined} */ text) =>
    [...(text ?? "").matchAll(/"([a-z]+)"/g)].map(([, one]) => one)
  const always = listed(/laterWords: Set = \[([^\]]*)\]/.exec(pages)?.[1])
  assert.ok(always.includes("shell"))
  for (const page of ["home", "editor", "widgets", "theme", "settings", "alerts"]) {
    const entry = `dashboard/pages/${page}.js`
    // As the host finds them.
    const first = modulesOf(entry, /^(?:import|export|\})[^"'\n]*"(\.[^"\n]+)"/gm).map(read).join("\n")
    const named = new Set([...first.matchAll(/["`]([a-z]+)\.[a-zA-Z$]/g)].map((match) => match[1]))
    const more = listed(new RegExp(`moreWords.*"${page}": \\[([^\\]]*)\\]`).exec(pages)?.[1])
    const carried = new Set([...named, ...always, ...more])
    const all = modulesOf(entry, /(?:^(?:import|export|\})[^"'\n]*|\bimport\()"(\.[^"\n]+)"/gm)
    for (const path of all) {
      for (const [, word] of read(path).replace(/^\s*(\/\/|\/?\*).*$/gm, "").matchAll(/\bt\(\s*["`]([a-z]+)\.[\w$]/g)) {
        assert.ok(carried.has(word), `${page} lacks "${word}", which ${path} says`)
      }
    }
  }
})

test("every sheet that is imported is there", () => {
  for (const path of files("dashboard/css/", ".css")) {
    for (const [, name] of read(path).matchAll(/@import url\("([^"]+)"\)/g)) {
      assert.ok(existsSync(new URL(`dashboard/css/${name}`, web)), `${path} imports ${name}`)
    }
  }
})
