// @ts-check

/**
 * What an overlay page was sent once, to be played again: the first picture and what followed.
 * @typedef {{snapshot: any, length: number, patches: {at: number, payload: any}[]}} Recording at, length = milliseconds
 *
 * @typedef {object} Player
 * @property {(type: "overlay:snapshot" | "overlay:patch", payload: any) => void} apply
 * @property {(run: () => void, milliseconds: number) => unknown} later
 */

/**
 * Plays a recording, and again from the beginning when it is over.
 * @param {Recording} recording
 * @param {Player} player
 */
export function play(recording, player) {
  const { snapshot, patches, length } = recording
  const from = (/** @type {number} */ index, /** @type {number} */ now) => {
    if (index === patches.length) return void player.later(() => play(recording, player), length - now)
    const { at, payload } = patches[index]
    player.later(() => {
      player.apply("overlay:patch", payload)
      from(index + 1, at)
    }, at - now)
  }
  player.apply("overlay:snapshot", snapshot)
  from(0, 0)
}

/**
 * The picture in the middle of a recording, for those who asked for no motion.
 * @param {Recording} recording
 * @param {Player["apply"]} apply
 */
export function showMiddle({ snapshot, patches, length }, apply) {
  apply("overlay:snapshot", snapshot)
  for (const { at, payload } of patches) if (at <= length / 2) apply("overlay:patch", payload)
}
