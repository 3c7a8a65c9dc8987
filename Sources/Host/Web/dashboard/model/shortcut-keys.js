// @ts-check

/** How long the second letter of `g h` may take. */
const SEQUENCE_MS = 1_500

const PLACES = new Map([
  ["h", "/dashboard"],
  ["l", "/dashboard/overlay"],
  ["w", "/dashboard/widgets"],
  ["t", "/dashboard/theme"],
  ["s", "/dashboard/settings"],
])

/** @typedef {{go: string} | {run: "test" | "sheet"}} Command */

/** What single letters mean on every page: `g h`, `?`, `t`. */
export class ShortcutKeys {
  #begunAt = -Infinity

  /**
   * @param {string} key as the keyboard layout has it
   * @param {number} now milliseconds
   * @returns {Command | null}
   */
  press(key, now) {
    const isSecond = now - this.#begunAt <= SEQUENCE_MS
    this.#begunAt = key === "g" && !isSecond ? now : -Infinity
    const place = PLACES.get(key)
    if (isSecond) return place ? { go: place } : null
    return key === "?" ? { run: "sheet" } : key === "t" ? { run: "test" } : null
  }
}
