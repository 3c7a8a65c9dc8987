// @ts-check

// Delays stay, since they say when something comes or goes; so does a progress bar, which says it by nothing else.
const STILL = `
  :host, :not([role="progressbar"]), :not([role="progressbar"])::before, :not([role="progressbar"])::after {
    animation-duration: .01ms !important; animation-iteration-count: 1 !important; transition: none !important;
  }`

/** Whether things on screen may move: not where the page's address or the browser's settings ask for less. */
export class Motion {
  /** For every widget's shadow root, after the widget's own. */
  sheet = new CSSStyleSheet()
  #reduced

  /** @param {boolean} reduced by the address, whatever the browser says */
  constructor(reduced) {
    this.#reduced = reduced
    this.sheet.replaceSync(reduced ? STILL : `@media (prefers-reduced-motion: reduce) { ${STILL} }`)
  }

  /**
   * Makes a widget's own rules for reduced motion hold: a ticker that stands still may want to break its lines.
   * @param {CSSStyleSheet} sheet
   */
  adapt(sheet) {
    if (this.#reduced) answer(sheet.cssRules)
  }
}

/**
 * Replaces the question for reduced motion by a condition that is always, or never, true.
 * @param {CSSRuleList} rules
 */
function answer(rules) {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      rule.media.mediaText = rule.media.mediaText
        .replace(/\(prefers-reduced-motion(?::\s*reduce)?\)/g, "(min-width: 0px)")
        .replace(/\(prefers-reduced-motion:\s*no-preference\)/g, "(max-width: 0px)")
    }
    if (rule instanceof CSSGroupingRule) answer(rule.cssRules)
  }
}
