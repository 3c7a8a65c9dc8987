// @ts-check

/** @typedef {{name: string, variables: Record<string, string | number>}} Preset */

/**
 * @param {string} name
 * @param {string} colours primary, secondary, accent, background, text, muted
 * @param {number} backgroundAlpha
 * @returns {Preset}
 */
function preset(name, colours, backgroundAlpha) {
  const [primary, secondary, accent, background, text, mutedText] = colours.split(" ")
  return { name, variables: { primary, secondary, accent, background, backgroundAlpha, text, mutedText } }
}

/** The looks that a new streamer can begin with; their names are names and stay as they are in every language. */
export const PRESETS = [
  preset("Signal", "#5EA8FF #3DD68C #F5B942 #10141C #FFFFFF #C3CBD9", 0.86),
  preset("Neon", "#FF4FD8 #29E7FF #F9F871 #0B0620 #FFFFFF #CFC4F2", 0.84),
  preset("Minimal", "#FFFFFF #C9CED8 #FFFFFF #111111 #FFFFFF #CFCFCF", 0.8),
  preset("Paper", "#B4232C #1D5FBF #7A4B00 #FBF7EE #1B1A17 #4A463D", 0.94),
  preset("Sunset", "#FF8A5C #FF86AC #FFD166 #1E1024 #FFF6EE #E3CFDA", 0.84),
  preset("Forest", "#7BD88F #4EC9B0 #E9C46A #0E1A14 #F4FBF6 #BFD6C7", 0.84),
  preset("High contrast", "#FFFF00 #00FFFF #FFFFFF #000000 #FFFFFF #FFFFFF", 1),
]
