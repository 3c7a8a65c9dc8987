// @ts-check

/**
 * Takes what the dashboard around a preview wants, of the page that frames this one and of nobody else: messages
 * `{type: "preview:event", payload: {type, payload?}}` with events that it makes up, and `{type: "preview:freeze"}`.
 * @param {(event: {type: string, payload?: object}) => void} play
 * @param {() => void} freeze keeps the picture as it is, and asks the host for nothing more
 */
export function listenToDashboard(play, freeze) {
  addEventListener("message", (message) => {
    if (message.origin !== location.origin || message.source !== parent || parent === window) return
    const { type, payload } = message.data ?? {}
    if (type === "preview:event" && typeof payload?.type === "string") play(payload)
    else if (type === "preview:freeze") freeze()
  })
}
