// @ts-check
import { stacked } from "../model/layout.js"
import { t } from "../model/words.js"

/**
 * What one can do with a widget, the same behind ⋯ and the right mouse button.
 * @param {import("./store.js").EditorStore} store
 * @param {string} key
 * @param {{remove: () => void, settings: () => void}} acts
 * @returns {import("../elements/menu.js").MenuItem[]}
 */
export function widgetMenu(store, key, { remove, settings }) {
  const widget = store.layout.widgets.find((one) => one.key === key)
  if (!widget) return []
  const order = stacked(store.layout.widgets)
  const isFront = order.at(-1) === widget
  const isBack = order[0] === widget
  return [
    { label: t("editor.settings"), icon: "settings", shortcut: "Enter", act: settings },
    { label: t("editor.duplicate"), icon: "duplicate", shortcut: "Ctrl D", act: () => store.duplicate(key) },
    {
      label: t("editor.to-front"),
      icon: "forward",
      shortcut: "}",
      isDisabled: isFront,
      act: () => store.restack(key, "front"),
    },
    {
      label: t("editor.forward"),
      icon: "chevron-up",
      shortcut: "]",
      isDisabled: isFront,
      act: () => store.restack(key, "forward"),
    },
    {
      label: t("editor.backward"),
      icon: "chevron-down",
      shortcut: "[",
      isDisabled: isBack,
      act: () => store.restack(key, "backward"),
    },
    {
      label: t("editor.to-back"),
      icon: "backward",
      shortcut: "{",
      isDisabled: isBack,
      act: () => store.restack(key, "back"),
    },
    {
      label: t(widget.visible ? "editor.hide-it" : "editor.show-it"),
      icon: widget.visible ? "eye-off" : "eye",
      act: () => store.setVisible(key, !widget.visible),
    },
    {
      label: t(widget.locked ? "editor.unlock-it" : "editor.lock-it"),
      icon: widget.locked ? "unlock" : "lock",
      act: () => store.setLocked(key, !widget.locked),
    },
    { label: t("editor.remove"), icon: "trash", shortcut: "Del", act: remove },
  ]
}
