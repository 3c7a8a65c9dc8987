// @ts-check

/** Steps that can be taken back (BG2). */
export const STEPS_LIMIT = 50

/**
 * What a document was and will be again: undo and redo over whole documents that are never changed in place.
 *
 * Changes of the same tag in a row are one step: somebody who nudges a widget ten times wants it back where it was.
 * @template Document
 */
export class History {
  /** @type {Document[]} */
  #past = []
  /** @type {Document[]} */
  #future = []
  /** @type {Document} */
  #now
  #tag = ""

  /** @param {Document} document */
  constructor(document) {
    this.#now = document
  }

  get now() {
    return this.#now
  }

  get canUndo() {
    return this.#past.length > 0
  }

  get canRedo() {
    return this.#future.length > 0
  }

  get undoSteps() {
    return this.#past.length
  }

  /**
   * Takes a new document; what had been undone is gone then.
   * @param {Document} document
   * @param {string} [tag] empty = a step of its own
   */
  commit(document, tag = "") {
    if (document === this.#now) return
    if (tag === "" || tag !== this.#tag) {
      this.#past.push(this.#now)
      if (this.#past.length > STEPS_LIMIT) this.#past.shift()
    }
    this.#tag = tag
    this.#now = document
    this.#future = []
  }

  /** Lets the next change be a step of its own, whatever its tag. */
  seal() {
    this.#tag = ""
  }

  /** Goes one step back, and says whether there was one. */
  undo() {
    return this.#step(this.#past, this.#future)
  }

  /** Goes one step forward again, and says whether there was one. */
  redo() {
    return this.#step(this.#future, this.#past)
  }

  /**
   * @param {Document[]} from
   * @param {Document[]} to
   */
  #step(from, to) {
    const document = from.pop()
    if (document === undefined) return false
    to.push(this.#now)
    this.#now = document
    this.#tag = ""
    return true
  }
}
