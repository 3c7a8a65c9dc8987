// @ts-check

/** What is looked for, the more special first: nearly everyone says that they are Chrome and Safari, too. */
const BROWSERS = [
  [/\bOBS\//, "OBS"],
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]
const SYSTEMS = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
]

/**
 * Browser and system out of what a browser calls itself; `null` where a part is not known.
 * @param {string} userAgent
 * @returns {{browser: string | null, system: string | null}}
 */
export function browserName(userAgent) {
  const find = (/** @type {any[][]} */ table) => table.find(([look]) => look.test(userAgent))?.[1] ?? null
  return { browser: find(BROWSERS), system: find(SYSTEMS) }
}
