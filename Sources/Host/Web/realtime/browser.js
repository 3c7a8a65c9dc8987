// @ts-check

/** @returns {import("./link.js").LinkEnvironment} */
export function browserEnvironment() {
  return {
    WebSocket,
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer),
    // Wall clock on purpose: a monotonic clock stands still while the computer sleeps.
    now: () => Date.now(),
    random: () => Math.random(),
  }
}

/** The socket's address on the host this page came from. */
export function socketAddress() {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`
}
