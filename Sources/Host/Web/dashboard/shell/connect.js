// @ts-check
import { openDialog } from "../elements/dialog.js"
import { h } from "../elements/dom.js"
import { eventWay } from "../model/event-way.js"
import { platformTitle } from "../model/platforms.js"
import { t } from "../model/words.js"

/** Platforms with which one can sign in at this host. */
export function offeredPlatforms() {
  return wordsOf(document.body.dataset.offered)
}

/**
 * Whether a platform tells nobody how many follow a channel.
 * @param {string} platform
 */
export function isUncounted(platform) {
  return wordsOf(document.body.dataset.uncounted).includes(platform)
}

/** @param {string} platform */
export function wayOf(platform) {
  const { sockets, chats, delivers } = document.body.dataset
  return eventWay(platform, {
    offered: offeredPlatforms(),
    sockets: wordsOf(sockets),
    chats: wordsOf(chats),
    delivers: delivers === "yes",
  })
}

/** @param {string} [text] */
function wordsOf(text = "") {
  return text.split(" ").filter(Boolean)
}

/** @param {string} platform */
export function connectAddress(platform) {
  return `/auth/login/${encodeURIComponent(platform)}?intent=connect`
}

/**
 * What leads to a platform's login: a link, or where none of its events would come, or chat alone, a button that says
 * so first.
 * @param {string} platform
 * @param {string} label
 * @param {string} [kind] of button
 */
export function connectControl(platform, label, kind = "") {
  const look = `button ${kind}`
  const way = wayOf(platform)
  if (way !== "none" && way !== "chat") return h("a", { class: look, href: connectAddress(platform) }, label)
  const connect = async () => {
    const words = { platform: platformTitle(platform) }
    const wants = await openDialog({
      title: way === "chat" ? t("connect.title-chat", words) : t("connect.title", words),
      body: way === "chat" ? t("connect.body-chat", words) : t("connect.body", words),
      content: [h("p", { class: "hint" }, t("connect.help"))],
      action: t("connect.anyway"),
    })
    if (wants) location.assign(connectAddress(platform))
  }
  return h("button", { class: look, type: "button", "aria-haspopup": "dialog", onclick: connect }, label)
}
