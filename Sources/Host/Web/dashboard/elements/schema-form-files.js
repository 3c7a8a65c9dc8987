// @ts-check
import { api, ApiError, listAll } from "../model/api.js"
import { assetKind } from "../model/schema-form.js"
import { t } from "../model/words.js"
import { h } from "./dom.js"
import { icon } from "./icon.js"
import { box, makers } from "./schema-form-box.js"

/** @typedef {{id: string, url: string, name: string, kind: string, size: number}} StoredFile */

/** What a browser offers to choose for each kind; the host looks at the bytes. */
const ACCEPTED = {
  image: "image/png,image/jpeg,image/gif,image/webp,image/svg+xml",
  sound: "audio/*",
  video: "video/mp4,video/webm",
}
/** Bytes that the host takes. */
const FILE_LIMIT = 10 << 20

/** @type {Promise<StoredFile[]> | null} */
let known = null

/** The streamer's files, asked for once. */
function files() {
  known ??= listAll("/api/files").catch((error) => {
    known = null
    throw error
  })
  return known
}

/**
 * One of the streamer's own files, or a new one.
 * @type {import("./schema-form-box.js").ControlMaker}
 */
function assetControl(field, id, value, take) {
  const kind = assetKind(field.schema)
  const sign = kind === "sound" ? "sound" : kind === "video" ? "video" : "image"
  let current = typeof value === "string" ? value : ""
  const select = h("select", { class: "input" })
  const input = h("input", { type: "file", accept: ACCEPTED[kind], hidden: true, tabindex: -1, "aria-hidden": "true" })
  const upload = h(
    "button",
    {
      type: "button",
      class: "button icon-only",
      "aria-label": t("form.upload", { title: field.title }),
      title: t(`form.upload-${kind}`),
    },
    icon("upload"),
  )
  const shown = h("span", { class: "asset-shown" }, icon(sign))
  const place = box(field, id, select, [shown])
  select.after(upload, input)

  const draw = (/** @type {StoredFile[]} */ all) => {
    const own = all.filter((file) => file.kind === kind)
    const isGone = current !== "" && !own.some(({ url }) => url === current)
    select.replaceChildren(
      h("option", { value: "" }, t("form.no-file")),
      ...own.map(({ url, name }) => h("option", { value: url }, name)),
      ...(isGone ? [h("option", { value: current }, t("form.file-gone"))] : []),
    )
    select.value = current
    show()
  }
  const show = () => shown.replaceChildren(preview(kind, current, sign, () => volumeOf(field.name, place.element)))
  const load = () => files().then(draw, () => place.complain(t("form.error-files")))
  const choose = (/** @type {string} */ url) => {
    current = url
    place.complain("")
    show()
    take(url)
  }
  const send = async (/** @type {File} */ file) => {
    if (file.size > FILE_LIMIT) return place.complain(t("form.error-file-size", { limit: FILE_LIMIT >> 20 }))
    upload.setAttribute("aria-busy", "true")
    upload.disabled = true
    try {
      /** @type {StoredFile} */
      const stored = await api("POST", `/api/files?name=${encodeURIComponent(file.name.slice(0, 120))}`, file)
      known = Promise.resolve([...await files(), stored])
      if (stored.kind !== kind) return place.complain(t(`form.error-kind-${kind}`))
      current = stored.url
      await load()
      choose(stored.url)
    } catch (error) {
      place.complain(error instanceof ApiError ? error.message : t("form.error-upload"))
    } finally {
      upload.removeAttribute("aria-busy")
      upload.disabled = false
    }
  }
  select.addEventListener("change", () => choose(select.value))
  // Files may have come from another setting meanwhile.
  select.addEventListener("focus", () => void load())
  upload.addEventListener("click", () => input.click())
  input.addEventListener("change", () => {
    const [file] = input.files ?? []
    input.value = ""
    if (file) void send(file)
  })
  draw([])
  if (current) void load()
  return {
    element: place.element,
    set: (next) => {
      const url = typeof next === "string" ? next : ""
      if (url === current) return
      current = url
      void load()
    },
    complain: (_, text) => place.complain(text),
  }
}

/**
 * @param {"image" | "sound" | "video"} kind
 * @param {string} url
 * @param {string} sign
 * @param {() => number} volume
 */
function preview(kind, url, sign, volume) {
  if (!url) return icon(sign)
  if (kind === "image") return h("img", { src: url, alt: "", width: 36, height: 36 })
  if (kind === "video") return icon("video")
  const play = h(
    "button",
    { type: "button", class: "button ghost icon-only", "aria-label": t("form.play") },
    icon("play"),
  )
  play.addEventListener("click", () => {
    const sound = new Audio(url)
    sound.volume = volume()
    sound.play().catch(() => {})
  })
  return play
}

/**
 * As loud as the setting beside it says: `tipVolume` of `tipSound`, in percent.
 * @param {string} name
 * @param {HTMLElement} element
 */
function volumeOf(name, element) {
  const form = /** @type {import("./schema-form.js").SchemaForm | null} */ (element.closest("ui-schema-form"))
  const stem = name.replace(/sound$/i, "")
  const percent = form?.value[stem ? `${stem}Volume` : "volume"]
  return typeof percent === "number" ? Math.max(0, Math.min(1, percent / 100)) : 1
}

makers.asset = assetControl
