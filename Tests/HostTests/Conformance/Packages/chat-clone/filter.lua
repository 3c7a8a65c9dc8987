-- Whom and what the streamer wants to see.

local line = require "line"

local filter = {}

-- Names are compared without what people write around them: `@`, spaces and capitals.
local function folded(name)
  return text.lower(string.match(name, "^[%s@]*(.-)%s*$"))
end

local function add(names, list)
  for _, name in ipairs(list) do names[folded(name)] = true end
end

-- Made once for all lines of a callback: the lists may be long.
function filter.of(config)
  local muted = {}
  add(muted, config.mutedUsers)
  local hidden = {}
  add(hidden, config.mutedUsers)
  if config.hideBots then add(hidden, config.botNames) end
  return {
    muted = #config.mutedUsers > 0 and muted or nil,
    hidden = (#config.mutedUsers > 0 or config.hideBots and #config.botNames > 0) and hidden or nil,
    hides_commands = config.hideCommands,
  }
end

function filter.shows(wanted, row)
  if row.shares then return true end
  if wanted.hides_commands and line.is_command(row) then return false end
  if not wanted.hidden then return true end
  return not wanted.hidden[folded(row.login)] and not wanted.hidden[folded(row.name)]
end

-- Whether the streamer wants to read nothing of the person called that.
function filter.mutes(wanted, name)
  return wanted.muted ~= nil and wanted.muted[folded(name)] ~= nil
end

return filter
