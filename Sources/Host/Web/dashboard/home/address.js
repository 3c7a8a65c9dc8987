// @ts-check
import { enhanceCopyButton } from "../elements/copy-field.js"
import { h } from "../elements/dom.js"
import { secretField } from "../elements/secret-field.js"
import { t } from "../model/words.js"
import { isSeen } from "../shell/live.js"
import { overlayLink } from "../shell/overlay-link.js"

let isEnhanced = false
/** The address with its key, when the layout is private. */
let privateAddress = ""

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
  privateAddress = address
  button.closest(".copy")?.replaceWith(maskedAddress(address))
  for (const id of ["drag", "open-overlay"]) {
    const link = document.getElementById(id)
    if (link instanceof HTMLAnchorElement) giveKey(link)
  }
}

/** @param {string} address with its key */
export function maskedAddress(address) {
  return h("div", { class: "main-address" }, secretField(t("home.private-address"), address, isSeen))
}

/** The link that OBS makes a source of; the page of the host has it already. */
export function dragLink() {
  const link = h("a", {
    class: "button small",
    href: document.getElementById("drag")?.getAttribute("href") ?? "",
    draggable: "true",
    target: "_blank",
    rel: "noopener",
  }, t("home.drag"))
  giveKey(link)
  return link
}

/**
 * Lets a link be dragged and opened with the key of a private layout, once that is known.
 * @param {HTMLAnchorElement} link
 */
function giveKey(link) {
  link.addEventListener("dragstart", ({ dataTransfer }) => {
    if (!privateAddress) return
    // What OBS reads from a link that is dropped on it.
    const url = new URL(link.href)
    url.hash = new URL(privateAddress).hash
    dataTransfer?.setData("text/uri-list", url.href)
    dataTransfer?.setData("text/plain", url.href)
  })
  link.addEventListener("click", (event) => {
    if (!privateAddress) return
    event.preventDefault()
    open(privateAddress, "_blank", "noopener")
  })
}
