-- A timer for subathons. What to learn from it: time is data. The state holds the moment at which the timer ends, one
-- timer of the host waits for it, and ticks do nothing but draw; so no restart and no lost second changes the end.

local LEADERS = { broadcaster = true, moderator = true }
local FLASH_SECONDS = 4
local LONGEST = 30 * 86400 -- whatever is added, a timer ends

widget.init(function(config)
  local length = config.initialDuration * 1000
  return { phase = "idle", total = length, left = length, is_open = true, flashes = 0 }
end)

-- How much is left now, in milliseconds; while it does not run that stands in the state.
local function look(state)
  if state.phase == "running" then state.left = math.max(state.ends_at - clock.now(), 0) end
end

-- Draws again when the next whole second begins. Nobody sees a tick while no overlay is open, so there is none.
local function schedule_tick(state)
  local part = state.left % 1000
  if part < 50 then part = part + 1000 end
  if state.phase == "running" and state.is_open then timer.after(part / 1000, "tick") else timer.cancel("tick") end
end

-- Sets what is left, and when it will be over.
local function set(state, milliseconds)
  state.left = math.min(math.max(math.floor(milliseconds), 0), LONGEST * 1000)
  if state.phase == "running" then
    state.ends_at = clock.now() + state.left
    timer.after(math.max(state.left / 1000, 0.05), "end")
  end
  schedule_tick(state)
end

local function begin(state, seconds)
  state.phase = "running"
  state.total = seconds * 1000
  set(state, state.total)
end

local function stop(state, phase)
  look(state)
  state.phase = phase
  timer.cancel("end")
  timer.cancel("tick")
end

local function lengthen(state, milliseconds)
  look(state)
  -- Time for one that is over waits until somebody lets it go on.
  if state.phase == "over" then state.phase, state.total = "paused", 0 end
  state.total = math.max(state.total + milliseconds, 0)
  set(state, state.left + milliseconds)
end

-- What a moderator can say in chat and the dashboard as an event; `seconds` where one was given.
local actions = {
  start = function(state, config, seconds)
    if state.phase == "paused" and not seconds then
      state.phase = "running"
      return set(state, state.left)
    end
    begin(state, seconds or config.initialDuration)
  end,
  pause = function(state)
    if state.phase == "running" then stop(state, "paused") end
  end,
  reset = function(state, config)
    stop(state, "idle")
    state.total = config.initialDuration * 1000
    state.left = state.total
  end,
  restart = function(state, config, seconds) begin(state, seconds or config.initialDuration) end,
  set = function(state, config, seconds)
    if not seconds then return end
    if state.phase == "over" then state.phase, state.total = "paused", 0 end
    state.total = math.max(state.total, seconds * 1000)
    set(state, seconds * 1000)
  end,
  add = function(state, config, seconds) lengthen(state, (seconds or 60) * 1000) end,
  remove = function(state, config, seconds) lengthen(state, -(seconds or 60) * 1000) end,
}
actions.stop, actions.resume, actions.extend = actions.pause, actions.start, actions.add
actions["end"] = function(state) if state.phase == "running" then set(state, 0) end end

-- "90", "1:30" or "1:00:00" in seconds; nil for anything else.
local function seconds_of(words)
  if not words:match("^%d[%d:]*$") or #words > 9 then return nil end
  local seconds = 0
  for part in words:gmatch("%d+") do seconds = seconds * 60 + math.tointeger(tonumber(part)) end
  return math.min(seconds, LONGEST)
end

local function may_lead(user)
  for _, role in ipairs(user and user.roles or {}) do
    if LEADERS[role] then return true end
  end
  return false
end

widget.on("chat:message", function(state, event, config)
  local name, words = event.payload.text:match("^%s*!timer%s+(%a+)%s*(%S*)")
  local action = name and actions[text.lower(name)]
  if action and may_lead(event.payload.user) then action(state, config, seconds_of(words)) end
end)

widget.on("countdown:*", function(state, event, config)
  local action = actions[event.type:match(":(.+)$")]
  local given = event.payload.remainingMs and event.payload.remainingMs // 1000 or event.payload.amount
  if action then action(state, config, given) end
end)

widget.on("stream:online", function(state, event, config)
  if config.autoStart and state.phase == "idle" then begin(state, config.initialDuration) end
end)

widget.on("overlay:presence", function(state, event, config)
  state.is_open = event.payload.open
  look(state)
  schedule_tick(state)
end)

-- Somebody's gift of time. The name is a viewer's, so the node that shows it names its event.
local function extend(state, event, seconds, user)
  seconds = math.floor(seconds)
  if seconds < 1 or (state.phase ~= "running" and state.phase ~= "paused") then return end
  state.flashes = state.flashes + 1
  state.flash = { key = "flash" .. state.flashes, seconds = seconds, source = event.id }
  state.flash.name = user and text.truncate(text.sanitize(user.displayName), 24)
  timer.after(FLASH_SECONDS, "flash")
  -- A test is shown and gives no time.
  if not event.test then lengthen(state, seconds * 1000) end
end

widget.on("event:tip", function(state, event, config)
  local amount = event.payload.amount
  if event.payload.kind ~= "donation" then
    return extend(state, event, amount.minor / 100 * config.bitsSeconds, event.payload.user)
  end
  if amount.currency ~= config.currency then return end
  -- Yen have no smaller unit.
  local units = amount.currency == "JPY" and amount.minor or amount.minor / 100
  if units >= config.tipMinimum then extend(state, event, units * config.tipSeconds, event.payload.user) end
end)

widget.on("event:subscribe", function(state, event, config)
  local payload = event.payload
  -- Of a gift bomb each recipient comes by itself; the bomb has no user.
  if payload.user then extend(state, event, config.subscriptionSeconds, payload.gifter or payload.user) end
end)

widget.on("event:raid", function(state, event, config)
  local viewers = event.payload.viewers
  if viewers >= config.raidMinimum then extend(state, event, viewers * config.raidSeconds, event.payload.user) end
end)

widget.on("timer:tick", function(state, event, config)
  look(state)
  schedule_tick(state)
end)

widget.on("timer:flash", function(state, event, config) state.flash = nil end)

widget.on("timer:end", function(state, event, config)
  stop(state, "over")
  if config.soundEnabled then sound.play("assets/bell.wav", { volume = config.soundVolume / 100 }) end
  if config.autoRestart then begin(state, config.restartDuration) end
end)

-- Before its first start it follows its settings.
widget.on_config(function(state, new, old)
  if state.phase == "idle" then actions.reset(state, new) end
end)

local function flash_of(flash)
  local time = "+" .. format.duration(flash.seconds)
  return ui.p { key = flash.key, class = "flash", source = flash.source, ["data-exit"] = "true",
    ui.b { text = time }, " ", ui.span { dir = "auto", text = flash.name or locale.t("somebody") },
  }
end

widget.render(function(state, config)
  local is_up = config.countDirection == "up"
  -- A second that has begun counts: down it is still there, up it is not yet over.
  local left = math.ceil(state.left / 1000)
  local shown = is_up and math.max(state.total // 1000 - left, 0) or left
  local warns = state.phase == "running" and left <= config.warningThreshold
  local share = state.total > 0 and state.left / state.total or 0
  local style = { ["--size"] = config.fontSize .. "px" }
  if config.timerColor ~= "" then style["--hue"] = config.timerColor end
  if config.warningColor ~= "" then style["--warn"] = config.warningColor end
  return ui.div { class = "timer " .. state.phase .. (warns and " warning" or ""), style = style,
    config.showLabel and ui.p { class = "label", dir = "auto", text = config.label },
    ui.p { class = "time", role = "timer", text = format.duration(shown) },
    ui.p { class = "note", text = state.phase == "over" and locale.t("over")
      or state.phase == "paused" and locale.t("paused") or "" },
    config.showProgressBar and ui.div { class = "track",
      ui.div { class = "fill", style = { width = string.format("%.2f%%", (is_up and 1 - share or share) * 100) } },
    },
    ui.div { class = "flashes", state.flash and flash_of(state.flash) },
  }
end)
