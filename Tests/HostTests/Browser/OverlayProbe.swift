/// What tests ask an overlay page; the same words for every engine.
enum OverlayProbe {
    /// Defines `probe` in the page.
    static let source = """
        window.probe = {
          /** @param {string} type of a widget */
          slot: (type) => document.querySelector(`.slot[data-type="${type}"]`),
          root: (type) => probe.slot(type)?.firstElementChild.shadowRoot ?? null,
          all: (type, selector) => [...(probe.root(type)?.querySelectorAll(selector) ?? [])],
          texts: (type, selector) => probe.all(type, selector).map((element) => element.textContent),
          lines: () => probe.texts("chat", ".line .text"),
          box: (element) => {
            const { x, y, width, height } = element.getBoundingClientRect()
            return [x, y, width, height]
          },
          boxes: () => Object.fromEntries(
            [...document.querySelectorAll(".slot")].map((slot) => [slot.dataset.type, probe.box(slot)]),
          ),
          /** Every text on screen by widget, without what is only still leaving. */
          picture: () => Object.fromEntries(["chat", "events", "goals", "tips"].map((type) => {
            const walker = document.createTreeWalker(probe.root(type), NodeFilter.SHOW_TEXT)
            const texts = []
            while (walker.nextNode()) {
              if (!walker.currentNode.parentElement.closest(".leaving")) texts.push(walker.currentNode.data)
            }
            return [type, texts]
          })),

          /** Texts of elements that were seen coming in. */
          entered: new Set(),
          watchEntrances() {
            for (const slot of document.querySelectorAll(".slot")) {
              for (const { animationName, playState, effect } of slot.firstElementChild.shadowRoot.getAnimations()) {
                if (!animationName?.startsWith("enter") || playState !== "running") continue
                probe.entered.add(effect.target.querySelector(".text")?.textContent)
              }
            }
            requestAnimationFrame(probe.watchEntrances)
          },

          /** Names of the alerts that were on screen. */
          alerted: new Set(),
          watchAlerts() {
            for (const name of probe.texts("events", ".name")) probe.alerted.add(name)
            requestAnimationFrame(probe.watchAlerts)
          },

          /** When the link changed and when the mark in the corner came and went, in milliseconds. */
          linkHistory: [],
          /** When four seconds were over that began as the link went. */
          fourSecondsLater: null,
          watchLink() {
            let isCounting = false
            const note = () => {
              probe.linkHistory.push({
                at: performance.now(),
                link: document.body.dataset.link,
                mark: document.querySelector(".link-mark")?.textContent ?? null,
              })
              if (isCounting || document.body.dataset.link !== "down") return
              isCounting = true
              setTimeout(() => { probe.fourSecondsLater = performance.now() }, 4000)
            }
            new MutationObserver(note).observe(document.body, {
              attributes: true, attributeFilter: ["data-link"], childList: true,
            })
          },
        }
        """
}
