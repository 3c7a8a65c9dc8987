// @ts-check

/** Fetches what is loaded only when it is wanted, so that it is there when there is no network. */
export function fetchParts() {
  const parts = [
    import("../elements/schema-form.js"),
    import("./picker.js"),
    import("./layouts-menu.js"),
    import("./test-events.js"),
    import("./conflict.js"),
  ]
  // Whoever wants one of them then says that it did not come.
  for (const part of parts) part.catch(() => {})
}
