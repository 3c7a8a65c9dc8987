// @ts-check

/**
 * Takes the events that the dashboard around a preview makes up: messages `{type: "preview:event", payload: {type,
 * payload?}}` of the page that frames this one, and of nobody else.
 * @param {(event: {type: string, payload?: object}) => void} play
 */
export function listenToDashboard(play) {
  addEventListener("message", (message) => {
    if (message.origin !== location.origin || message.source !== parent || parent === window) return
    const { type, payload } = message.data ?? {}
    if (type === "preview:event" && typeof payload?.type === "string") play(payload)
  })
}
