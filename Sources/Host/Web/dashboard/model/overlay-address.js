// @ts-check

/** The pages that an address can lead to: the whole layout, or one widget of it. */
export const VIEWS = ["overlay", "chat", "events", "goals", "tips"]

/**
 * The address of an overlay as OBS gets it.
 *
 * The key stands behind `#`, which no server and no log on the way is ever sent.
 *
 * @param {string} base address of the host
 * @param {{platform: string, channel: string}} place
 * @param {string} view one of `VIEWS`
 * @param {{id: string, isDefault: boolean, key: string | null}} layout
 */
export function overlayAddress(base, { platform, channel }, view, { id, isDefault, key }) {
  const address = new URL(`/${platform}/${encodeURIComponent(channel)}/${view}`, base)
  // Without a name it follows whatever layout is the default one.
  if (!isDefault) address.searchParams.set("layout", id)
  if (key) address.hash = `key=${encodeURIComponent(key)}`
  return address.href
}
