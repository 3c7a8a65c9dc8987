// @ts-check

/**
 * What is fetched once for everybody who wants it; what did not come is asked for again by who wants it next.
 * @template Found
 * @param {() => Promise<Found>} fetch
 * @returns {() => Promise<Found>}
 */
export function once(fetch) {
  /** @type {Promise<Found> | undefined} */
  let kept
  return () =>
    kept ??= fetch().catch((error) => {
      kept = undefined
      throw error
    })
}
