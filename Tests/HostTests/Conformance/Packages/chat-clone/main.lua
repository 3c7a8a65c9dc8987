-- The chat of all platforms as it comes in, within the limits that the streamer has set: the built-in one once more,
-- with nothing but what a package may use.

local draw = require "draw"
local filter = require "filter"
local line = require "line"
local rows = require "rows"

-- Two pictures' time: in one of them a line is marked as leaving, in the next it leaves.
local LEAVING = 100
local SHORTEST_TIMER = 50
local REMOVALS = { ban = true, timeout = true, kick = true, mute = true }

widget.init(function(config) return rows.first_state() end)

-- One timer for all rows, for the oldest: marked as leaving a moment before its time, gone when it is up.
local function start_fading(state, config)
  local oldest = state.rows[1]
  if not oldest then return end
  local due = oldest.arrived + config.messageTimeout * 1000 - clock.now()
  if due > LEAVING then due = due - LEAVING end
  timer.after(math.max(due, SHORTEST_TIMER) / 1000, "fade")
end

-- Lets what is too old leave, and comes back for the next.
local function fade(state, config)
  if config.messageTimeout == 0 then return end
  local gone = clock.now() - config.messageTimeout * 1000
  rows.fade(state, gone, gone + LEAVING)
  start_fading(state, config)
end

-- A timer is running as long as a row is there: it is always the one of the oldest.
local function add_rows(state, config, add)
  local had_rows = #state.rows > 0
  add()
  if config.messageTimeout > 0 and not had_rows then start_fading(state, config) end
end

widget.on("chat:message", function(state, event, config)
  local row = line.read(event, rows.next_number(state))
  -- A delivery that comes twice is one line: two rows with one key would make the picture unusable.
  if not row or not filter.shows(filter.of(config), row) or rows.has(state, row.platform, row.id) then return end
  local now = clock.now()
  local is_silent = not state.last_line_at or now - state.last_line_at >= config.silenceMs
  if config.notificationSound and is_silent then sound.play("assets/chime.wav", { volume = 0.5 }) end
  local was_holding = #state.held > 0
  add_rows(state, config, function() rows.take(state, row, config) end)
  if #state.held > 0 and not was_holding then
    timer.after(math.max(1000 - now % 1000, SHORTEST_TIMER) / 1000, "hold")
  end
end)

widget.on("timer:hold", function(state, event, config)
  add_rows(state, config, function() rows.release(state, clock.now(), config) end)
end)

widget.on("timer:fade", function(state, event, config) fade(state, config) end)

widget.on("chat:delete", function(state, event)
  local id = type(event.payload) == "table" and event.payload.messageId
  if type(id) ~= "string" then return end
  rows.remove(
    state,
    function(row) return row.platform == event.platform and row.id == id end,
    function(row, quote) return row.platform == event.platform and quote.id == id end
  )
end)

-- Takes a user's messages away, or without an id everybody's.
local function clear(state, user_id, platform)
  local function is_gone(row)
    return row.platform == platform and (user_id == nil or row.user_id == user_id)
  end
  -- A quote does not tell its author's id; the host hides it by the message's, here the name helps.
  local names, ids = {}, {}
  for _, list in ipairs { state.rows, state.held } do
    for _, row in ipairs(list) do
      if not row.shares and is_gone(row) then names[row.name], ids[row.id] = true, true end
    end
  end
  rows.remove(
    state,
    is_gone,
    function(row, quote) return row.platform == platform and (names[quote.name] or ids[quote.id]) end,
    user_id == nil and platform or nil
  )
end

widget.on("chat:clear", function(state, event)
  if type(event.payload) ~= "table" then return end
  local user_id = event.payload.userId
  clear(state, type(user_id) == "string" and user_id or nil, event.platform)
end)

widget.on("moderation:action", function(state, event)
  local payload = event.payload
  if type(payload) ~= "table" or type(payload.action) ~= "string" or type(payload.target) ~= "table" then return end
  if not REMOVALS[payload.action] or type(payload.target.id) ~= "string" then return end
  clear(state, payload.target.id, event.platform)
end)

widget.on_config(function(state, new, old)
  if old.messageTimeout == new.messageTimeout then return end
  if new.messageTimeout > 0 then return fade(state, new) end
  state.leaving_through = nil
  timer.cancel("fade")
end)

widget.migrate(function(config, state, from) return config, rows.restored(state) end)

widget.render(draw)
