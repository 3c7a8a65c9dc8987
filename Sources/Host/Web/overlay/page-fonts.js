// @ts-check

/**
 * The fonts that one widget's style sheet brings.
 *
 * Browsers ignore `@font-face` in a shadow root, so these rules go into the page itself; the host has given each family
 * a name that no other widget has.
 */
export class PageFonts {
  #sheet = new CSSStyleSheet()
  #shown = false

  /** @param {CSSStyleSheet} sheet the widget's own */
  take(sheet) {
    const rules = [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule)
    this.#sheet.replaceSync(rules.map((rule) => rule.cssText).join(""))
    if (this.#shown === rules.length > 0) return
    if (rules.length > 0) {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet]
      this.#shown = true
    } else {
      this.remove()
    }
  }

  remove() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet)
    this.#shown = false
  }
}
