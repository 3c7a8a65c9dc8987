-- A chat message as the widget keeps it: what its platform sent, within limits. How it looks is decided when it is
-- drawn, so that a change of the settings reaches what is on screen.
--
-- Payloads are read with distrust: a member may be missing or of any type.

local color = require "color"
local cut = require "cut"

local line = {}

line.ROLES = { "broadcaster", "moderator", "vip", "subscriber" }

local KEY_BYTES = 64
local ADDRESS_BYTES = 200
-- Without its whole id a quote could not be taken away, and platforms' ids are UUIDs.
local QUOTED_ID_BYTES = 100
local FRAGMENTS = 60
local OTHER_PICTURES = 3

-- The names and marks around the texts of a line, in the state or the view, whichever needs more.
local MARKUP, ROLE_MARKUP, PICTURE_MARKUP, QUOTE_MARKUP, FRAGMENT_MARKUP = 400, 70, 60, 110, 80

local is_role = {}
for _, role in ipairs(line.ROLES) do is_role[role] = true end

local function text_of(value) return type(value) == "string" and value or nil end

-- Walked by `pairs`, for a null in a list leaves a hole.
local function list_of(value) return type(value) == "table" and value or {} end

-- The address, if it is a picture of this host; a platform's own would tell it who watches.
local function picture(address)
  if type(address) ~= "string" or #address > ADDRESS_BYTES or string.sub(address, 1, 5) ~= "/img/" then return nil end
  if string.find(address, "[^!-~]") or string.find(address, "[\\%%?#]") or string.find(address, "..", 1, true) then
    return nil
  end
  return address
end

-- Names the line among its siblings.
local function key_of(platform, id)
  local key = platform .. ":" .. id
  if #key <= KEY_BYTES then return key end
  return string.format("long:%x", color.hash(key))
end

local function read_user(user)
  if type(user) ~= "table" or not text_of(user.id) or not text_of(user.displayName) then return nil end
  return user
end

local function badges_of(user)
  local badges = {}
  for _, badge in pairs(list_of(user.badges)) do
    if type(badge) == "table" and text_of(badge.set) and text_of(badge.id) then badges[#badges + 1] = badge end
  end
  return badges
end

local function roles_of(user, badges)
  local has = {}
  for _, role in pairs(list_of(user.roles)) do
    if type(role) == "string" then has[role] = true end
  end
  for _, badge in ipairs(badges) do has[badge.set] = true end
  local roles = {}
  for _, role in ipairs(line.ROLES) do
    if has[role] then roles[#roles + 1] = role end
  end
  return roles
end

-- The pictures of the roles' badges, and the first few others in the platform's order.
local function pictures_of(badges)
  local kept, seen, others = {}, {}, 0
  for _, badge in ipairs(badges) do
    local url = picture(badge.imageUrl)
    if url and not seen[badge.set] then
      if not is_role[badge.set] then others = others + 1 end
      if is_role[badge.set] or others <= OTHER_PICTURES then
        seen[badge.set] = true
        kept[#kept + 1] = {
          set = cut.text(badge.set, 40, 80),
          title = cut.text(text_of(badge.title) or badge.set, 40, 120),
          url = url,
        }
      end
    end
  end
  return kept
end

local KINDS = { emote = true, mention = true, cheermote = true, link = true }

-- The piece in the kind in which it is drawn: an emote without a picture of this host is its name.
local function drawable(fragment, said)
  local kind = text_of(fragment.type)
  if not KINDS[kind] then return { kind = "text", text = said } end
  if kind ~= "emote" and kind ~= "cheermote" then return { kind = kind, text = said } end
  local emote = list_of(fragment.emote)
  local url = text_of(emote.id) and #emote.id <= ADDRESS_BYTES and picture(emote.url)
  if url then return { kind = kind, text = said, url = url } end
  return { kind = kind == "emote" and "text" or kind, text = said }
end

-- The pieces that are kept: neighbours of the same plain kind are one, so that the number of nodes stays small.
local function fragments_of(payload)
  local pieces = type(payload.fragments) == "table" and payload.fragments or { { type = "text", text = payload.text } }
  local allowance = cut.allowance(500, 2000)
  local kept = {}
  for _, piece in pairs(pieces) do
    if type(piece) == "table" and text_of(piece.text) and not allowance.is_exhausted then
      local said = cut.take(allowance, piece.text)
      local is_whole = not allowance.is_exhausted and #kept < FRAGMENTS
      local fragment = is_whole and drawable(piece, said) or { kind = "text", text = said }
      local last = kept[#kept]
      if said == "" then
        -- Nothing to see.
      elseif fragment.kind == "text" and last and last.kind == "text" then
        last.text = last.text .. said
      else
        kept[#kept + 1] = fragment
      end
    end
  end
  return kept
end

local function quote_of(reply)
  if type(reply) ~= "table" or not text_of(reply.messageId) then return nil end
  local is_known = #reply.messageId <= QUOTED_ID_BYTES
  local said = text_of(reply.text) or ""
  return {
    id = is_known and reply.messageId or "",
    name = cut.text(text_of(reply.displayName) or "", 40, 120),
    text = is_known and said ~= "" and cut.text(said, 60, 180) or nil,
  }
end

-- What the line takes of the limits of state and view, in bytes; never less than either needs.
local function weigh(kept)
  local weight = MARKUP + #kept.roles * ROLE_MARKUP + cut.weight(kept.name) + cut.weight(kept.login)
  weight = weight + cut.weight(kept.user_id or "") + cut.weight(kept.avatar or "")
  -- The id stands in the key as well.
  weight = weight + 2 * cut.weight(kept.platform) + 2 * cut.weight(kept.id)
  for _, each in ipairs(kept.pictures) do
    weight = weight + PICTURE_MARKUP + cut.weight(each.set) + cut.weight(each.title) + cut.weight(each.url)
  end
  for _, each in ipairs(kept.fragments) do
    weight = weight + FRAGMENT_MARKUP + cut.weight(each.text) + cut.weight(each.url or "")
    -- One node more than other pieces: the number stands beside the picture.
    if each.kind == "cheermote" and each.url then weight = weight + PICTURE_MARKUP end
  end
  local quote = kept.quote
  if not quote then return weight end
  return weight + QUOTE_MARKUP + cut.weight(quote.id) + cut.weight(quote.name) + cut.weight(quote.text or "")
end

-- The line of a message, or nil where the event is none.
function line.read(event, number)
  local payload = event.payload
  if type(payload) ~= "table" or not text_of(payload.messageId) or not text_of(payload.text) then return nil end
  local user = read_user(payload.user)
  local name = user and cut.text(user.displayName, 40, 120) or ""
  local badges = user and badges_of(user) or {}
  local kept = {
    platform = event.platform,
    id = event.id,
    key = key_of(event.platform, event.id),
    number = number,
    arrived = event.receivedAtMs,
    time = event.occurredAt,
    user_id = user and user.id,
    login = user and cut.text(text_of(user.login) or text.lower(name), 40, 120) or "",
    name = name == "" and "Anonymous" or name,
    color = user and color.read(user.color),
    hue = color.hue(user and user.id or ""),
    avatar = user and picture(user.avatarUrl),
    roles = user and roles_of(user, badges) or {},
    pictures = pictures_of(badges),
    fragments = fragments_of(payload),
    is_action = payload.isAction == true or nil,
    quote = quote_of(payload.replyTo),
  }
  kept.weight = weigh(kept)
  return kept
end

-- Forgets what the answered message said; its author's name stays, as in a mention.
function line.drop_quoted_text(kept)
  kept.quote.text = nil
  kept.weight = weigh(kept)
end

-- Whether it begins like a command to a bot.
function line.is_command(kept)
  local first = kept.fragments[1]
  return first ~= nil and string.find(first.text, "^%s*!") ~= nil
end

return line
