// @ts-check
import { enhanceCopyButton } from "../elements/copy-field.js"
import { h } from "../elements/dom.js"
import { secretField } from "../elements/secret-field.js"
import { t } from "../model/words.js"
import { isSeen } from "../shell/live.js"
import { overlayLink } from "../shell/overlay-link.js"

let isEnhanced = false

/**
 * Brings the card with the overlay's address to life; the page has it for a layout that everybody can open.
 *
 * The address of a private layout holds its key, so it is masked here as in Settings and stands in no link that the
 * browser shows while it is pointed at.
 */
export async function showAddress() {
  const card = document.getElementById("address")
  const button = card?.querySelector("button[data-copy]")
  if (!(button instanceof HTMLButtonElement)) return
  if (!isEnhanced) enhanceCopyButton(button)
  isEnhanced = true
  const { address, isPrivate } = await overlayLink()
  if (!isPrivate) return
  button.closest(".copy")?.replaceWith(
    h("div", { class: "main-address" }, secretField(t("home.private-address"), address, isSeen)),
  )
  const drag = document.getElementById("drag")
  drag?.addEventListener("dragstart", (event) => {
    // What OBS reads from a link that is dropped on it.
    const url = new URL(/** @type {HTMLAnchorElement} */ (drag).href)
    url.hash = new URL(address).hash
    event.dataTransfer?.setData("text/uri-list", url.href)
    event.dataTransfer?.setData("text/plain", url.href)
  })
  for (const link of [drag, document.getElementById("open-overlay")]) {
    link?.addEventListener("click", (event) => {
      event.preventDefault()
      open(address, "_blank", "noopener")
    })
  }
}
