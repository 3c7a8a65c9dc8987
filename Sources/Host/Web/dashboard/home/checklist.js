// @ts-check
import { h } from "../elements/dom.js"
import { icon } from "../elements/icon.js"
import { platformTitle } from "../model/platforms.js"
import { t } from "../model/words.js"
import { announce } from "../shell/announce.js"
import { toast } from "../shell/toast.js"
import { copyOverlayLink, sendTest } from "../shell/commands.js"
import { connectControl, offeredPlatforms } from "../shell/connect.js"
import { dragLink } from "./address.js"

/** @typedef {import("../model/checklist.js").Step} Step */
/** @typedef {import("../model/checklist.js").StepName} StepName */

/**
 * @typedef {object} ChecklistOwner
 * @property {(name: StepName, isSkipped: boolean) => void} skip
 * @property {() => void} putAway
 * @property {() => void} wizard takes the wizard up again
 * @property {() => void} layout goes to its page of starter layouts
 */

/** What is left to do until an alert is seen; a step turns green by itself when it has truly happened. */
export class Checklist {
  #card
  #owner
  /** @type {string} what is shown, so that nothing is built anew under somebody's finger */
  #shown = ""

  /**
   * @param {HTMLElement} card
   * @param {ChecklistOwner} owner
   */
  constructor(card, owner) {
    this.#card = card
    this.#owner = owner
  }

  /** @param {Step[]} steps */
  show(steps) {
    const shown = JSON.stringify(steps)
    if (shown === this.#shown && this.#card.querySelector(".checklist")) return
    const before = this.#card.querySelector(".checklist") ? this.#shown : ""
    this.#shown = shown
    const focused = document.activeElement?.getAttribute("data-control")
    const settled = steps.filter(({ isDone, isSkipped }) => isDone || isSkipped).length
    this.#card.replaceChildren(
      h(
        "header",
        null,
        h("h2", { id: "setup-title" }, t("wizard.checklist")),
        h("span", { class: "meta" }, t("wizard.progress", { done: settled, all: steps.length })),
      ),
      h("ol", { class: "checklist" }, steps.map((step) => this.#row(step))),
      h(
        "div",
        { class: "setup-foot" },
        control("again", { class: "button ghost", onclick: this.#owner.wizard }, t("wizard.again")),
        control(
          "away",
          { class: settled === steps.length ? "button" : "button ghost", onclick: this.#owner.putAway },
          t(settled === steps.length ? "wizard.finish" : "wizard.put-away"),
        ),
      ),
    )
    if (focused) {
      const control = this.#card.querySelector(`[data-control="${focused}"]`) ?? this.#card.querySelector("button")
      if (control instanceof HTMLElement) control.focus()
    }
    if (before) this.#announce(JSON.parse(before), steps)
  }

  /** @param {() => void} undo */
  saidAway(undo) {
    toast(t("wizard.away"), { undo })
  }

  /**
   * @param {Step[]} before
   * @param {Step[]} now
   */
  #announce(before, now) {
    const fresh = now.find((step, index) => step.isDone && !before[index]?.isDone)
    if (fresh) announce(t("wizard.step-done", { step: t(`wizard.step-${fresh.name}`) }))
  }

  /** @param {Step} step */
  #row({ name, isDone, isSkipped }) {
    const state = isDone ? "done" : isSkipped ? "skipped" : "open"
    const title = t(`wizard.step-${name}`)
    return h(
      "li",
      { dataset: { step: name, state } },
      h(
        "span",
        { class: "mark" },
        isDone && icon("check"),
        h("span", { class: "visually-hidden" }, t(`wizard.${state}`)),
      ),
      h(
        "div",
        { class: "grow" },
        h("h3", null, title),
        state === "open" && h("p", { class: "hint" }, t(`wizard.hint-${name}`)),
        state === "open" && h("div", { class: "actions" }, this.#actions(name)),
      ),
      state === "open" && control(
        `skip-${name}`,
        {
          class: "button ghost small",
          "aria-label": `${t("wizard.skip-step")}: ${title}`,
          onclick: () => this.#owner.skip(name, true),
        },
        t("wizard.skip-step"),
      ),
      state === "skipped" && control(
        `skip-${name}`,
        {
          class: "button ghost small",
          "aria-label": `${t("wizard.undo-skip")}: ${title}`,
          onclick: () => this.#owner.skip(name, false),
        },
        t("wizard.undo-skip"),
      ),
    )
  }

  /** @param {StepName} name */
  #actions(name) {
    switch (name) {
      case "platform":
        return offeredPlatforms().map((platform) =>
          connectControl(platform, t("home.connect", { platform: platformTitle(platform) }), "small")
        )
      case "layout":
        return [control("layout", { class: "button small", onclick: this.#owner.layout }, t("wizard.choose-layout"))]
      case "obs":
        return [dragLink(), control("copy", { class: "button small", onclick: copyOverlayLink }, t("wizard.copy"))]
      case "test":
        return [
          control(
            "test",
            { class: "button small", onclick: () => sendTest("event:follow") },
            t("home.test-follow"),
          ),
        ]
    }
  }
}

/**
 * @param {string} name by which the focus finds it again
 * @param {Record<string, any>} props
 * @param {string} label
 */
function control(name, props, label) {
  return h("button", { type: "button", dataset: { control: name }, ...props }, label)
}
