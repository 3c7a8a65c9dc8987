// @ts-check

/** @typedef {"delivered" | "socket" | "chat" | "none"} EventWay */

/**
 * How events of a platform come to this host: it delivers them, the host listens at a socket for them, or for chat and
 * nothing else, or not at all.
 *
 * `null` where the host has no application there: whoever lets events be delivered then has set that up without it.
 *
 * @param {string} platform
 * @param {{offered: string[], sockets: string[], chats: string[], delivers: boolean}} host the platforms that it has
 *   an application at, those of them that it listens to, those whose chat it listens to, and whether the others reach
 *   it under HTTPS
 * @returns {EventWay | null}
 */
export function eventWay(platform, { offered, sockets, chats, delivers }) {
  if (!offered.includes(platform)) return null
  if (sockets.includes(platform)) return "socket"
  if (delivers) return "delivered"
  return chats.includes(platform) ? "chat" : "none"
}
