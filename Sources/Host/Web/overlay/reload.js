// @ts-check

const SHORTEST_GAP_MS = 60_000
const STORAGE_KEY = "streamvibes.reloadedAt"

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pending

/** Reloads the page when the host asks for it, at most once a minute; an early wish waits for its time. */
export function reloadGently() {
  if (pending !== undefined) return
  const age = Date.now() - lastReload()
  const wait = age < 0 || age >= SHORTEST_GAP_MS ? 0 : SHORTEST_GAP_MS - age
  pending = setTimeout(() => {
    sessionStorage.setItem(STORAGE_KEY, String(Date.now()))
    location.reload()
  }, wait)
}

function lastReload() {
  return Number(sessionStorage.getItem(STORAGE_KEY) ?? 0)
}
