// @ts-check

/** @typedef {{type: string, payload: any, timestamp?: string, streamerId?: string | null}} Envelope */

/**
 * The text of one frame to the server.
 * @param {string} type
 * @param {object} payload
 */
export function encode(type, payload) {
  return JSON.stringify({ type, payload, timestamp: new Date().toISOString(), streamerId: null })
}

/**
 * What a frame says, or null when it is nothing this protocol knows.
 * @param {unknown} data
 * @returns {Envelope | null}
 */
export function decode(data) {
  if (typeof data !== "string") return null
  try {
    const message = JSON.parse(data)
    if (typeof message?.type !== "string" || typeof message.payload !== "object") return null
    return message.payload === null ? { ...message, payload: {} } : message
  } catch {
    // One unreadable frame is not worth the link: the next revision gap asks for the picture again.
    return null
  }
}
