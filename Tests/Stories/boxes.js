// What stands where on a page, and what of it no layout may have: `page.evaluate` runs it and gets { boxes, faults }.
() => {
  const SLACK = 2
  const SMALLEST_TARGET = 24
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], " +
    "[role=option], [role=menuitem], [role=tab], [role=slider]"
  const LANDMARKS = new Map([
    ["HEADER", "banner"], ["NAV", "navigation"], ["MAIN", "main"], ["FOOTER", "contentinfo"],
    ["ASIDE", "complementary"],
  ])
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim()
  const tell = (element) => `${role(element) || element.tagName.toLowerCase()} "${name(element).slice(0, 60)}"`

  function role(element) {
    const given = element.getAttribute("role")
    if (given) return given
    if (/^H[1-6]$/.test(element.tagName)) return element.tagName.toLowerCase()
    if (element.tagName === "SECTION") return element.matches("[aria-label], [aria-labelledby]") ? "region" : ""
    if (element.tagName === "HEADER" && element.closest("main, section, article")) return ""
    if (LANDMARKS.has(element.tagName)) return LANDMARKS.get(element.tagName)
    if (element.tagName === "A") return "link"
    if (element.tagName === "INPUT") return element.type
    return element.matches(CONTROLS) ? element.tagName.toLowerCase() : ""
  }

  function name(element) {
    const owners = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id))
    const label = element.getAttribute("aria-label") || clean(owners.map((one) => one?.textContent).join(" ")) ||
      [...element.labels ?? []].map(textOf).join(" ")
    if (label) return clean(label)
    return element.matches("main, nav, header, footer, aside, select, input, textarea") ? "" : textOf(element)
  }

  /** What stands in it, a blank between its parts. */
  function textOf(element) {
    const parts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    let text = ""
    while (parts.nextNode()) text += ` ${parts.currentNode.data}`
    return clean(text)
  }

  // Text for screen readers alone has one pixel of room.
  const isHidden = (element) => element.closest(".visually-hidden") || clipsAll(element)
  const clipsAll = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (getComputedStyle(one).clipPath === "inset(50%)") return true
    }
    return false
  }
  const isSeen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isHidden(element)) return false
    const { width, height, bottom } = element.getBoundingClientRect()
    return width > 0 && height > 0 && bottom + scrollY > 0
  }
  const floats = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position) || one.popover) return one
    }
    return null
  }

  const faults = []
  // Behind a dialog nothing can be used.
  const scene = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body
  const all = [...scene.querySelectorAll("*")].filter(isSeen)
  const controls = all.filter((element) => element.matches(CONTROLS))
  const landmarks = all.filter((element) => !element.matches(CONTROLS) && role(element) &&
    (LANDMARKS.has(element.tagName) || /^(SECTION|H[1-6])$/.test(element.tagName)))
  const boxes = all.filter((element) => controls.includes(element) || landmarks.includes(element)).map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    const place = [x + scrollX, y + scrollY, width, height].map(Math.round)
    return { role: role(element), name: name(element).slice(0, 60), place }
  })

  // The page as a whole.
  const { scrollWidth, clientWidth } = document.scrollingElement
  if (scrollWidth > clientWidth) {
    const widest = all.toSorted((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0]
    faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}: ${tell(widest)} ${widest.className}`)
  }
  const count = (selector) => all.filter((element) => element.matches(selector)).length
  const h1 = document.querySelectorAll("h1").length
  if (h1 !== 1) faults.push(`${h1} h1`)
  if (scene === document.body && count("main#main") !== 1) faults.push("no main#main")
  const first = document.querySelector(CONTROLS)
  if (!first?.matches("a.skip[href='#main']")) faults.push(`the first control is ${first && tell(first)}`)
  if (scene === document.body && document.body.dataset.page) {
    if (count("body > header") !== 1) faults.push("no header")
    if (count("nav[aria-label]") !== 1) faults.push("no nav with a name")
    const current = document.querySelectorAll("nav [aria-current=page]").length
    if (current !== (document.body.dataset.page === "alerts" ? 0 : 1)) faults.push(`${current} current pages`)
  }

  // Text: inside what it stands in, inside the window, and not cut off without a sign.
  const scrolls = ({ overflowX, overflowY }) => /auto|scroll/.test(overflowX + overflowY)
  const cuts = ({ overflowX, overflowY }) => /hidden|clip/.test(overflowX + overflowY)
  const words = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const text = words.currentNode
    const owner = text.parentElement
    if (!clean(text.data) || !owner || !isSeen(owner) || owner.closest("select, script, option")) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const spot = range.getBoundingClientRect()
    if (spot.width === 0) continue
    const place = `${owner.tagName} ${owner.className}`
    const say = (what) => faults.push(`${what}: "${clean(text.data).slice(0, 40)}" in ${place}`)
    let isScrolled = false
    let isMeant = false
    for (let one = owner; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one)
      const box = one.getBoundingClientRect()
      if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") isMeant = true
      if (scrolls(style)) isScrolled = true
      if (isScrolled || isMeant || style.display === "inline" || style.display === "contents") continue
      const across = spot.left < box.left - SLACK || spot.right > box.right + SLACK
      const down = spot.top < box.top - SLACK || spot.bottom > box.bottom + SLACK
      if (cuts(style) && (across || down)) say(`cut off by ${one.tagName} ${one.className}`)
      else if (across) say(`runs out of ${one.tagName} ${one.className}`)
      else if (down && one.matches(CONTROLS)) say(`taller than ${one.tagName} ${one.className}`)
      else continue
      break
    }
    if (!isScrolled && !isMeant && (spot.left < -SLACK || spot.right > innerWidth + SLACK)) say("outside the window")
  }

  // Controls: inside the window, beside each other, large enough for a finger.
  const target = (element) => {
    const own = element.getBoundingClientRect()
    const label = element.matches("input[type=radio], input[type=checkbox]") && element.closest("label")
    return label ? label.getBoundingClientRect() : own
  }
  const places = controls.map((element) => ({ element, box: target(element), layer: floats(element) }))
  const meets = (a, b, by) =>
    a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by
  places.forEach(({ element, box, layer }, index) => {
    const inScroller = [...ancestors(element)].some((one) => scrolls(getComputedStyle(one)))
    if (!inScroller && (box.left < -SLACK || box.right > innerWidth + SLACK)) {
      faults.push(`outside the window: ${tell(element)}`)
    }
    const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
    const above = document.elementFromPoint(middleX, middleY)
    const frame = layer?.getBoundingClientRect()
    const isInFrame = frame && middleX < frame.right && middleY < frame.bottom && middleY > frame.top
    if (isInFrame && getComputedStyle(layer).position === "fixed" && above &&
      !layer.contains(above) && !above.closest(":popover-open")) {
      faults.push(`covered by ${above.tagName} ${above.className}: ${tell(element)}`)
    }
    for (const other of places.slice(index + 1)) {
      if (layer !== other.layer || element.contains(other.element) || other.element.contains(element)) continue
      if (layer && layer === element) continue
      if (meets(box, other.box, SLACK)) faults.push(`on top of each other: ${tell(element)}, ${tell(other.element)}`)
    }
    const isInText = element.tagName === "A" && getComputedStyle(element).display === "inline" &&
      clean(element.parentElement?.textContent) !== clean(element.textContent)
    if (isInText || (box.width >= SMALLEST_TARGET - 0.5 && box.height >= SMALLEST_TARGET - 0.5)) return
    // A small one is large enough where nothing else stands within 24 px around its middle (WCAG 2.5.8).
    const half = SMALLEST_TARGET / 2
    const room = { left: middleX - half, right: middleX + half, top: middleY - half, bottom: middleY + half }
    const near = places.find((other) => other.element !== element && other.layer === layer &&
      !other.element.contains(element) && meets(room, other.box, 0))
    if (near) faults.push(`too small to touch: ${tell(element)} beside ${tell(near.element)}`)
  })

  function* ancestors(element) {
    for (let one = element.parentElement; one; one = one.parentElement) yield one
  }

  return { boxes, faults: [...new Set(faults)] }
}
