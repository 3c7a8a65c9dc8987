// @ts-check

const SAMPLE_MS = 1000

/** Frames a second, measured in short samples: counting all the time would keep an idle page painting. */
export class FrameRate {
  #sampling = false
  /** @type {number | null} */
  last = null

  sample() {
    if (this.#sampling) return
    this.last = null
    // A hidden page is given no frames, which is not a slow page.
    if (document.hidden) return
    this.#sampling = true
    const start = performance.now()
    let frames = 0
    const count = () => {
      const elapsed = performance.now() - start
      frames += 1
      if (elapsed < SAMPLE_MS) return void requestAnimationFrame(count)
      this.#sampling = false
      // Hiding the page stretches the sample; such a number would say nothing.
      if (elapsed < 2 * SAMPLE_MS) this.last = Math.round((frames * 1000) / elapsed)
    }
    requestAnimationFrame(count)
  }
}
