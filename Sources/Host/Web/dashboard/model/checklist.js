// @ts-check

/**
 * @typedef {"platform" | "layout" | "obs" | "test"} StepName
 *
 * @typedef {object} Facts what has truly happened
 * @property {number} platforms connected ones
 * @property {number} layoutVersion of the layout on air; a new account's is 1
 * @property {boolean} hasConnected whether an overlay page is open, or was
 * @property {boolean} hasShown whether an overlay page has shown a test event
 *
 * @typedef {object} Step
 * @property {StepName} name
 * @property {boolean} isDone
 * @property {boolean} isSkipped
 */

/** @type {StepName[]} */
export const STEPS = ["platform", "layout", "obs", "test"]
/** Pages of the wizard: name, theme, layout, address. */
export const WIZARD_PAGES = 4
const HIDDEN = 20

/**
 * What `settings.setupStep` says: 0 to 3 a page of the wizard, 4 to 19 the checklist with its skipped steps as bits,
 * 20 that it was put away.
 * @param {number} setupStep
 * @returns {{page: number} | {skipped: Set<StepName>} | null} null = nothing of it is shown
 */
export function readSetup(setupStep) {
  if (setupStep < WIZARD_PAGES) return { page: setupStep }
  if (setupStep >= HIDDEN) return null
  const bits = setupStep - WIZARD_PAGES
  return { skipped: new Set(STEPS.filter((_, index) => bits & (1 << index))) }
}

/** @param {Iterable<StepName>} skipped */
export function checklistStep(skipped) {
  const set = new Set(skipped)
  return STEPS.reduce((sum, name, index) => set.has(name) ? sum + (1 << index) : sum, WIZARD_PAGES)
}

/** What is kept once the checklist has been put away. */
export const PUT_AWAY = HIDDEN

/**
 * @param {Facts} facts
 * @param {Set<StepName>} skipped
 * @returns {Step[]} a step that has happened is done, whether it was skipped or not
 */
export function stepsOf(facts, skipped) {
  const done = {
    platform: facts.platforms > 1,
    layout: facts.layoutVersion > 1,
    obs: facts.hasConnected,
    test: facts.hasShown,
  }
  return STEPS.map((name) => ({ name, isDone: done[name], isSkipped: !done[name] && skipped.has(name) }))
}

/**
 * Whether an overlay has shown one of these test events: it says so itself, or the log noted it.
 * @param {number[]} tests places in the log
 * @param {(number | null)[]} lastShown what the open pages have shown last
 * @param {number[]} noted places that the log says were shown
 */
export function isTestShown(tests, lastShown, noted) {
  if (tests.length === 0) return false
  const first = Math.min(...tests)
  const seen = new Set(noted)
  return lastShown.some((seq) => seq !== null && seq >= first) || tests.some((seq) => seen.has(seq))
}
