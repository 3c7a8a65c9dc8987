-- The chat as the settings want it: nothing here changes what is kept.

local color = require "color"
local filter = require "filter"
local rows = require "rows"

local MARKS = { broadcaster = "HOST", moderator = "MOD", vip = "VIP", subscriber = "SUB" }
local CLASSES = { link = "link", mention = "mention", cheermote = "cheer" }
local KNOWN = { twitch = true, kick = true }

local function platform(row)
  local name = text.upper(string.sub(row.platform, 1, 1)) .. string.sub(row.platform, 2)
  -- Class names are ours alone: a platform we do not know has the plain mark.
  return ui.span {
    class = KNOWN[row.platform] and "platform platform-" .. row.platform or "platform",
    title = name,
    text = text.truncate(name, 1) == name and name or string.match(name, utf8.charpattern),
  }
end

local function reply(quote)
  return ui.div { class = "reply",
    ui.span { class = "answered", dir = "auto", text = "↩ " .. quote.name },
    -- The quoted text goes when its own message is removed, not only when this line is.
    quote.text and ui.span { class = "quote", source = quote.id, dir = "auto", text = quote.text },
  }
end

local function picture(each)
  return ui.img { class = "badge-picture", src = each.url, alt = each.title }
end

local function badges(row, shown)
  local nodes, of_set = {}, {}
  for _, each in ipairs(row.pictures) do of_set[each.set] = of_set[each.set] or each end
  for _, role in ipairs(row.roles) do
    if shown[role] and of_set[role] then
      nodes[#nodes + 1] = picture(of_set[role])
    elseif shown[role] then
      nodes[#nodes + 1] = ui.span { class = "badge badge-" .. role, title = role, text = MARKS[role] }
    end
  end
  if not shown.other then return nodes end
  for _, each in ipairs(row.pictures) do
    if not MARKS[each.set] then nodes[#nodes + 1] = picture(each) end
  end
  return nodes
end

-- The picture and the number of bits behind it, as in Twitch's own chat; what both say is what was written.
local function cheer(each)
  local name, bits = string.match(each.text, "^(.-)([0-9]*)$")
  return ui.span { class = "cheer",
    ui.img { class = "emote", src = each.url, alt = name },
    bits ~= "" and bits,
  }
end

local function said(row, config)
  local pieces = {}
  for place, each in ipairs(row.fragments) do
    if each.kind == "cheermote" and each.url and config.showEmotes then
      pieces[place] = cheer(each)
    elseif CLASSES[each.kind] then
      pieces[place] = ui.span { class = CLASSES[each.kind], text = each.text }
    elseif each.kind == "emote" and config.showEmotes then
      pieces[place] = ui.img { class = "emote", src = each.url, alt = each.text }
    else
      pieces[place] = each.text
    end
  end
  return ui.span { class = "text", dir = "auto", pieces }
end

local function message(row, config, look)
  local class = row.is_action and "line action" or "line"
  -- Only the highest role names the line: two edges of two colours would say nothing.
  if row.roles[1] then class = class .. " role-" .. row.roles[1] end
  local chosen = config.nameColors == "platform" and row.color or nil
  return ui.div {
    key = row.key, class = class, source = row.id, style = look.place(row), ["data-exit"] = look.exit(row),
    row.quote and not filter.mutes(look.wanted, row.quote.name) and reply(row.quote),
    config.showTimestamps and ui.time { class = "time", datetime = row.time, text = string.sub(row.time, 12, 16) },
    config.showPlatform and platform(row),
    -- The name stands beside it, so there is nothing to say for those who cannot see it.
    config.showAvatars and row.avatar and ui.img { class = "avatar", src = row.avatar, alt = "" },
    badges(row, look.badges),
    ui.span {
      class = "name",
      style = { color = color.of(chosen, row.hue, config.nameSaturation, config.nameLightness) },
      text = row.name,
    },
    said(row, config),
  }
end

local function folded(row, look)
  local count = rows.count(row)
  return ui.div {
    key = "fold:" .. row.second,
    class = "line folded",
    style = look.place(row),
    ["data-exit"] = look.exit(row),
    text = count == 1 and "+1 message" or "+" .. count .. " messages",
  }
end

-- The family as CSS writes it, or nil for an empty one and for what no font is called: a style that the host refuses
-- would keep the whole picture from the screen.
local function font(name)
  if not string.find(name, "%S") or string.find(name, '["\\<>()%c]') or #name > 200 then return nil end
  if string.find(text.lower(name), "expression", 1, true) then return nil end
  return '"' .. name .. '"'
end

local function look_of(state, config)
  local badges = {}
  for _, kind in ipairs(config.showBadges and config.badges or {}) do badges[kind] = true end
  return {
    wanted = filter.of(config),
    badges = badges,
    -- The newest row is the first of the column; the rows themselves stay in the order in which they came.
    place = function(row) return { ["--place"] = "-" .. row.number } end,
    exit = function(row) return state.leaving_through and row.arrived <= state.leaving_through and "" or nil end,
  }
end

return function(state, config)
  local look = look_of(state, config)
  local shown = {}
  for _, row in ipairs(state.rows) do
    if filter.shows(look.wanted, row) then shown[#shown + 1] = row end
  end
  if #shown == 0 then return {} end
  local nodes = {}
  for place = math.max(#shown - config.maxMessages, 0) + 1, #shown do
    local row = shown[place]
    nodes[#nodes + 1] = row.shares and folded(row, look) or message(row, config, look)
  end
  local family = font(config.font)
  return ui.div {
    class = "chat text-" .. config.fontSize .. " " .. config.animation .. " " .. config.direction
      .. (config.highlightRoles and " roles" or ""),
    style = family and { ["--font"] = family } or nil,
    nodes,
  }
end
