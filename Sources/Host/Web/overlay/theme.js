// @ts-check
import { isStyleValueSafe } from "./policy.js"

/** The theme's CSS variables, on the root of the page. */
export class Theme {
  #rule

  constructor() {
    // No specificity and not inline, so that ":root{--th-accent:#f00}" in OBS's Custom CSS box wins.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(":where(:root){}")
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    this.#rule = /** @type {CSSStyleRule} */ (sheet.cssRules[0])
  }

  /** @param {Record<string, string> | undefined} variables all of them: what is absent is removed */
  apply(variables = {}) {
    const { style } = this.#rule
    for (const name of [...style]) {
      if (!Object.hasOwn(variables, name)) style.removeProperty(name)
    }
    for (const [name, value] of Object.entries(variables)) {
      if (name.startsWith("--th-") && isStyleValueSafe(String(value))) style.setProperty(name, String(value))
    }
  }
}
