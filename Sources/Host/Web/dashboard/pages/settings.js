// @ts-check
import { section } from "../elements/section.js"
import { t } from "../model/words.js"
import { deletion, ownData, sessions } from "../settings/account.js"
import { addresses } from "../settings/addresses.js"
import { connections, CONNECTIONS_PART, refreshConnections } from "../settings/connections.js"
import { language, profile, shortcuts } from "../settings/profile.js"
import { refreshDeliveries, TIP_SERVICES_PART, tipServices } from "../settings/tip-services.js"
import { startShell } from "../shell/shell.js"

const SETTLED_MS = 3_000
/** Times grow old; what a service sends need not become an event, and how a connection is never does. */
const REFRESH_MS = 60_000

startShell({ types: ["event:tip"], happened: refreshDeliveries })
document.addEventListener("visibilitychange", refresh)
setInterval(refresh, REFRESH_MS)
const content = /** @type {HTMLElement} */ (document.getElementById("content"))
content.append(
  section("profile", t("settings.profile"), profile),
  section(CONNECTIONS_PART, t("settings.connections"), connections),
  section(TIP_SERVICES_PART, t("services.title"), tipServices),
  section("overlay", t("settings.overlay"), addresses),
  section("language", t("settings.language"), language),
  section("keys", t("settings.keys"), shortcuts),
  section("sessions", t("settings.sessions"), sessions),
  section("data", t("settings.data"), ownData),
  section("deletion", t("settings.deletion"), deletion, { isDanger: true }),
)
keepInView(document.getElementById(location.hash.slice(1)))

function refresh() {
  if (document.hidden) return
  refreshDeliveries()
  refreshConnections()
}

/**
 * Stays at the part that a link led to while those above it get their content.
 * @param {HTMLElement | null} target
 */
function keepInView(target) {
  if (!target) return
  const watch = new ResizeObserver(() => target.scrollIntoView())
  watch.observe(content)
  const stop = () => watch.disconnect()
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, stop, { once: true })
  setTimeout(stop, SETTLED_MS)
}
