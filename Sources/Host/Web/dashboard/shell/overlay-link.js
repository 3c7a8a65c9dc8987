// @ts-check
import { api, listAll } from "../model/api.js"

/**
 * The address of the layout on air for the platform that is shown, with the key that a private one needs.
 * @returns {Promise<{address: string, isPrivate: boolean}>}
 */
export async function overlayLink() {
  const address = document.body.dataset.overlay ?? ""
  const layouts = await listAll("/api/layouts")
  const onAir = layouts.find(({ isDefault }) => isDefault)
  const key = onAir && (await api("GET", `/api/layouts/${onAir.id}/key`)).key
  // Behind "#" no server and no log on the way is ever sent it.
  return { address: key ? `${address}#key=${encodeURIComponent(key)}` : address, isPrivate: Boolean(key) }
}
