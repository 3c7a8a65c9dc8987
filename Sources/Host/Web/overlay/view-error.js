// @ts-check

/** A picture or an operation that does not fit what is here: this widget has to be sent again whole. */
export class ViewError extends Error {
  /** @override */
  name = "ViewError"
}
