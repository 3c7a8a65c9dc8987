-- The rows on screen, the oldest first, and what the chat knows of its own pace.

local filter = require "filter"
local line = require "line"

local rows = {}

-- State and view may have 64 KiB; fifty ordinary lines need half of it.
local WEIGHT = 60000
-- Of that for lines that wait.
local HELD_WEIGHT = 20000
-- More than a row of counted messages needs, with a platform or two.
local FOLDED_WEIGHT = 300

function rows.first_state()
  return { rows = {}, held = {}, second = 0, shown = 0 }
end

local function remove_where(list, is_gone)
  local kept = 0
  for place = 1, #list do
    local row = list[place]
    if not is_gone(row) then
      kept = kept + 1
      list[kept] = row
    end
  end
  for place = #list, kept + 1, -1 do list[place] = nil end
end

local function weight_of(list)
  local weight = 0
  for _, row in ipairs(list) do weight = weight + row.weight end
  return weight
end

local function keep_within_weight(state)
  local weight = weight_of(state.rows) + weight_of(state.held)
  local gone = 0
  while #state.rows - gone > 1 and weight > WEIGHT do
    gone = gone + 1
    weight = weight - state.rows[gone].weight
  end
  if gone > 0 then
    local through = state.rows[gone].number
    remove_where(state.rows, function(row) return row.number <= through end)
  end
end

local function append(state, row, config, wanted)
  -- What the settings hide comes back while they are being tried out, but takes no place from a new line.
  remove_where(state.rows, function(each) return not filter.shows(wanted, each) end)
  table.insert(state.rows, row)
  while #state.rows > config.maxMessages do table.remove(state.rows, 1) end
  keep_within_weight(state)
end

-- Of lines that wait the newest stay, as many as a second may show; the others are counted.
local function hold(state, row, config)
  table.insert(state.held, row)
  local weight = weight_of(state.held)
  while #state.held > math.max(config.maxPerSecond, 1) or #state.held > 1 and weight > HELD_WEIGHT do
    local oldest = table.remove(state.held, 1)
    weight = weight - oldest.weight
    local counted = state.counted or {
      second = oldest.arrived // 1000, number = oldest.number, arrived = oldest.arrived, shares = {},
      weight = FOLDED_WEIGHT,
    }
    counted.shares[oldest.platform] = (counted.shares[oldest.platform] or 0) + 1
    state.counted = counted
  end
  keep_within_weight(state)
end

-- The number of the row that comes next.
function rows.next_number(state)
  local last = state.held[#state.held] or state.rows[#state.rows]
  return (last and last.number or 0) + 1
end

-- Whether that message is on screen or will be.
function rows.has(state, platform, id)
  for _, list in ipairs { state.rows, state.held } do
    for _, row in ipairs(list) do
      if row.platform == platform and row.id == id then return true end
    end
  end
  return false
end

-- How many messages a row of counted ones stands for.
function rows.count(row)
  local count = 0
  for _, share in pairs(row.shares) do count = count + share end
  return count
end

-- Adds a line at the end, or holds it back when its second already has as many as may be shown.
function rows.take(state, row, config)
  state.last_line_at = row.arrived
  -- Nothing overtakes a line that waits, even if its second is over by a moment.
  if #state.held > 0 then return hold(state, row, config) end
  local now = row.arrived // 1000
  if state.second ~= now then state.second, state.shown = now, 0 end
  if state.shown >= config.maxPerSecond then return hold(state, row, config) end
  state.shown = state.shown + 1
  append(state, row, config, filter.of(config))
end

-- Shows what was held back: how many messages were left out, then the newest.
function rows.release(state, now, config)
  state.second, state.shown = now // 1000, #state.held
  local counted, held = state.counted, state.held
  state.counted, state.held = nil, {}
  local wanted = filter.of(config)
  if counted then append(state, counted, config, wanted) end
  for _, row in ipairs(held) do append(state, row, config, wanted) end
end

local function forget_counted(row, cleared)
  if cleared then row.shares[cleared] = nil end
  return rows.count(row) == 0
end

-- Takes away what a moderator has removed: these messages, what others quote of them, and what has been counted of a
-- platform whose whole chat was cleared.
function rows.remove(state, is_gone, is_quoted, cleared)
  local function is_removed(row)
    if row.shares then return forget_counted(row, cleared) end
    return is_gone(row)
  end
  for _, list in ipairs { state.rows, state.held } do
    remove_where(list, is_removed)
    for _, row in ipairs(list) do
      if row.quote and row.quote.text and is_quoted(row, row.quote) then line.drop_quoted_text(row) end
    end
  end
  if state.counted and forget_counted(state.counted, cleared) then state.counted = nil end
end

-- Removes what came until `gone`, and lets what came until `leaving` play its exit when it goes next.
function rows.fade(state, gone, leaving)
  state.leaving_through = leaving
  remove_where(state.rows, function(row) return row.arrived <= gone end)
end

local function is_whole(row)
  if type(row) ~= "table" or math.type(row.number) ~= "integer" or math.type(row.arrived) ~= "integer" then
    return false
  end
  if math.type(row.weight) ~= "integer" then return false end
  if type(row.shares) == "table" then
    for platform, share in pairs(row.shares) do
      if type(platform) ~= "string" or math.type(share) ~= "integer" then return false end
    end
    return math.type(row.second) == "integer"
  end
  for _, name in ipairs { "platform", "id", "key", "time", "login", "name" } do
    if type(row[name]) ~= "string" then return false end
  end
  for _, name in ipairs { "roles", "pictures", "fragments" } do
    if type(row[name]) ~= "table" then return false end
  end
  return math.type(row.hue) == "integer"
end

local function whole_rows(list)
  local kept = {}
  if type(list) ~= "table" then return kept end
  for _, row in pairs(list) do
    if is_whole(row) then kept[#kept + 1] = row end
  end
  return kept
end

local function integer(value) return math.type(value) == "integer" and value or nil end

-- What of another version's state can be read; the rest begins anew.
function rows.restored(state)
  if type(state) ~= "table" then return rows.first_state() end
  local held = whole_rows(state.held)
  remove_where(held, function(row) return row.shares ~= nil end)
  local counted = state.counted
  return {
    rows = whole_rows(state.rows),
    held = held,
    counted = is_whole(counted) and counted.shares and counted or nil,
    second = integer(state.second) or 0,
    shown = integer(state.shown) or 0,
    last_line_at = integer(state.last_line_at),
    leaving_through = integer(state.leaving_through),
  }
end

return rows
