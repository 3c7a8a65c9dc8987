// @ts-check

/**
 * @typedef {import("./layout.js").EditedLayout} EditedLayout
 * @typedef {import("./layout.js").EditedWidget} EditedWidget
 *
 * @typedef {object} StoredWidget
 * @property {string} id
 * @property {string} type
 * @property {Record<string, unknown>} config
 * @property {import("./layout.js").Position} position
 * @property {number} zIndex
 * @property {boolean} visible
 * @property {boolean} locked
 *
 * @typedef {object} StoredLayout a layout or its draft, as the API has it
 * @property {string} id
 * @property {string} name
 * @property {boolean} isDefault
 * @property {"grid" | "free"} mode
 * @property {import("./layout.js").Grid} grid
 * @property {string} themeId
 * @property {StoredWidget[]} widgets
 * @property {number} version
 * @property {string} updatedAt
 *
 * @typedef {{field: string, value: unknown, wanted: string}} SettingRefusal
 */

/**
 * Which id the host has given each widget of the editor, and which of them it still knows.
 *
 * Undo brings widgets back that the host has forgotten meanwhile; they are sent without an id then, as new ones.
 */
export class WidgetIds {
  /** @type {Map<string, string>} */
  #ids = new Map()
  /** @type {Set<string>} */
  #published = new Set()
  /** @type {Set<string>} */
  #drafted = new Set()

  /**
   * @param {StoredLayout} published
   * @param {StoredLayout | null} draft
   */
  learn(published, draft) {
    this.#published = new Set(published.widgets.map(({ id }) => id))
    this.#drafted = new Set(draft?.widgets.map(({ id }) => id))
  }

  /**
   * The id to send for a widget, `undefined` for one that is new to the host.
   * @param {string} key
   */
  idOf(key) {
    const id = this.#ids.get(key) ?? key
    return this.#published.has(id) || this.#drafted.has(id) ? id : undefined
  }

  /**
   * Takes over the ids that new widgets were given: the host gives them in the order in which they were sent.
   * @param {EditedLayout} sent
   * @param {StoredLayout} answer
   */
  take(sent, answer) {
    const known = new Set(sent.widgets.map(({ key }) => this.idOf(key)))
    const fresh = answer.widgets.filter(({ id }) => !known.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1))
    const newcomers = sent.widgets.filter(({ key }) => this.idOf(key) === undefined)
    newcomers.forEach(({ key }, index) => {
      if (fresh[index]) this.#ids.set(key, fresh[index].id)
    })
  }

  /** To be kept beside a layout that is not saved yet. */
  get entries() {
    return [...this.#ids]
  }

  /** @param {[string, string][]} entries */
  restore(entries) {
    this.#ids = new Map(entries)
  }
}

/**
 * @param {StoredLayout} stored
 * @returns {EditedLayout}
 */
export function edited({ mode, grid, themeId, widgets }) {
  return {
    mode,
    grid,
    themeId,
    widgets: widgets.map(({ id, type, config, position, zIndex, visible, locked }) => ({
      key: id,
      type,
      config,
      position,
      zIndex,
      visible,
      locked,
    })),
  }
}

/**
 * The body of a PUT; the name stays as it is.
 * @param {EditedLayout} layout
 * @param {{idOf: (key: string) => string | undefined}} ids
 * @param {number} version
 */
export function putBody({ mode, grid, themeId, widgets }, ids, version) {
  return {
    mode,
    grid,
    themeId,
    version,
    widgets: widgets.map(({ key, ...widget }) => {
      const id = ids.idOf(key)
      return id === undefined ? widget : { id, ...widget }
    }),
  }
}

/**
 * Whether a layout is what the host has: the same widgets in the same places with the same settings.
 * @param {EditedLayout} layout
 * @param {StoredLayout} stored
 * @param {WidgetIds} ids
 */
export function isSame(layout, stored, ids) {
  const mine = putBody(layout, ids, 0)
  const theirs = putBody(edited(stored), { idOf: (key) => key }, 0)
  return equal({ ...mine, widgets: byId(mine.widgets) }, { ...theirs, widgets: byId(theirs.widgets) })
}

/** @param {object[]} widgets */
function byId(widgets) {
  const idOf = (/** @type {{id?: string}} */ one) => one.id ?? ""
  return [...widgets].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

/**
 * Which widgets a refused setting is of: those that hold exactly what was refused.
 * @param {SettingRefusal[]} refusals
 * @param {EditedWidget[]} widgets
 * @returns {Map<string, SettingRefusal[]>} by key
 */
export function blame(refusals, widgets) {
  /** @type {Map<string, SettingRefusal[]>} */
  const found = new Map()
  for (const { key, config } of widgets) {
    const own = refusals.filter((refusal) => equal(valueAt(config, refusal.field), refusal.value))
    if (own.length > 0) found.set(key, own)
  }
  return found
}

/**
 * The value at a path such as `messages[2].text`; what is missing is `null`, as in a refusal.
 * @param {unknown} config
 * @param {string} path
 */
export function valueAt(config, path) {
  /** @type {any} */
  let value = config
  for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
    // Only own members: a setting may be called "constructor".
    value = value !== null && typeof value === "object" && Object.hasOwn(value, step) ? value[step] : null
  }
  return value ?? null
}

/**
 * Whether two values of JSON are the same; the order of members does not matter.
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function equal(a, b) {
  if (a === b) return true
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
}
