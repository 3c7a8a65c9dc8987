// @ts-check
import { section } from "../elements/section.js"
import { t } from "../model/words.js"
import { deletion, ownData, sessions } from "../settings/account.js"
import { addresses } from "../settings/addresses.js"
import { connections } from "../settings/connections.js"
import { language, profile, shortcuts } from "../settings/profile.js"
import { startShell } from "../shell/shell.js"

startShell()
document.getElementById("content")?.append(
  section("profile", t("settings.profile"), profile),
  section("connections", t("settings.connections"), connections),
  section("overlay", t("settings.overlay"), addresses),
  section("language", t("settings.language"), language),
  section("keys", t("settings.keys"), shortcuts),
  section("sessions", t("settings.sessions"), sessions),
  section("data", t("settings.data"), ownData),
  section("deletion", t("settings.deletion"), deletion, { isDanger: true }),
)
