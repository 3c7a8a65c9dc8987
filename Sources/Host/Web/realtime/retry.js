// @ts-check

// A refusal (unknown channel, ended key) does not heal by itself within seconds; somebody has to change something.
const REFUSED_MS = 60_000
const SHORTEST_MS = 250
const LONGEST_MS = 4_000

/**
 * Whether the server said that trying again soon is useless.
 * @param {number} closeCode
 */
export function isRefusal(closeCode) {
  return closeCode >= 4500 && closeCode <= 4599
}

/**
 * How long to wait before the next attempt, in milliseconds.
 * @param {number} closeCode
 * @param {number} attempt failed attempts so far, from 0
 * @param {() => number} random
 */
export function retryDelay(closeCode, attempt, random) {
  if (isRefusal(closeCode)) return REFUSED_MS

  // Even the first wait is spread out: a host that restarts meets all of its pages in the same moment.
  const ceiling = Math.min(LONGEST_MS, 2 * SHORTEST_MS * 2 ** Math.min(attempt, 8))
  return SHORTEST_MS + random() * (ceiling - SHORTEST_MS)
}
