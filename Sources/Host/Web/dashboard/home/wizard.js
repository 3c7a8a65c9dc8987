// @ts-check
import { h } from "../elements/dom.js"
import { api } from "../model/api.js"
import { WIZARD_PAGES } from "../model/checklist.js"
import { t } from "../model/words.js"
import { report } from "../shell/failure.js"
import { toast } from "../shell/toast.js"
import { AddressPage, LayoutPage, NamePage, StayHere, ThemePage } from "./wizard-pages.js"

/**
 * @typedef {object} WizardPage
 * @property {HTMLElement} element
 * @property {() => Promise<(() => Promise<any>) | null>} apply does what was chosen; gives back how it is undone
 */

/** Name, theme, starter layout, address: one thing at a time, nothing that cannot be left. */
export class Wizard {
  #card
  #keep
  #sawLayout
  #name = ""
  /** @type {any} */
  #layout = null
  #shown = -1

  /**
   * @param {HTMLElement} card
   * @param {(step: number) => void} keep remembers the page and shows it
   * @param {(layout: any) => void} sawLayout
   */
  constructor(card, keep, sawLayout) {
    this.#card = card
    this.#keep = keep
    this.#sawLayout = sawLayout
  }

  /**
   * @param {string} name
   * @param {any} layout the one on air
   */
  know(name, layout) {
    this.#name = name
    this.#layout = layout
  }

  /** @param {number} page */
  show(page) {
    const hadFocus = this.#card.contains(document.activeElement)
    const isLast = page === WIZARD_PAGES - 1
    const content = this.#page(page)
    const title = h(
      "h2",
      { id: "setup-title", tabindex: "-1" },
      t(`wizard.title-${["name", "theme", "layout", "address"][page]}`),
    )
    const next = h("button", { class: "button primary" }, t(isLast ? "wizard.done-address" : "wizard.continue"))
    /** @param {SubmitEvent} event */
    const submit = async (event) => {
      event.preventDefault()
      if (next.ariaBusy === "true") return
      next.ariaBusy = "true"
      try {
        const undo = await content.apply()
        this.#keep(page + 1)
        if (undo) toast(t("wizard.applied"), { undo: () => undo().catch(report) })
      } catch (error) {
        if (!(error instanceof StayHere)) await report(error)
      } finally {
        next.ariaBusy = null
      }
    }
    const skip = h(
      "button",
      { class: "button ghost", type: "button", onclick: () => this.#keep(WIZARD_PAGES) },
      t("wizard.leave"),
    )
    const back = page > 0 &&
      h("button", { class: "button", type: "button", onclick: () => this.#keep(page - 1) }, t("wizard.back"))
    this.#card.replaceChildren(
      h(
        "header",
        null,
        title,
        h("span", { class: "meta" }, t("wizard.page", { page: page + 1, pages: WIZARD_PAGES })),
      ),
      h(
        "form",
        { class: "wizard body", novalidate: true, onsubmit: submit },
        content.element,
        h("div", { class: "setup-foot" }, skip, h("span", { class: "actions" }, back, next)),
      ),
    )
    // Who has just pressed a button that is gone goes on reading at the new page's beginning.
    if (hadFocus || (this.#shown >= 0 && this.#shown !== page)) title.focus()
    this.#shown = page
  }

  /**
   * @param {number} page
   * @returns {WizardPage}
   */
  #page(page) {
    const layoutSaved = (/** @type {any} */ layout) => {
      this.#layout = layout
      this.#sawLayout(layout)
    }
    const reread = async () => this.#layout = await api("GET", `/api/layouts/${this.#layout.id}`)
    switch (page) {
      case 0:
        return new NamePage(this.#name, (name) => {
          this.#name = name
          const greeting = document.getElementById("greeting")
          if (greeting) greeting.dataset.name = name
        })
      case 1:
        return new ThemePage(reread, layoutSaved)
      case 2:
        return new LayoutPage(reread, layoutSaved)
      default:
        return new AddressPage()
    }
  }
}
