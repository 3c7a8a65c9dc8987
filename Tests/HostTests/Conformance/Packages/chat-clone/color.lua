-- The colour of a name: dark ones are lightened until they can be read on a dark panel.

local color = {}

-- The least luminance: 4.5 : 1 (WCAG) on the most transparent dark panel.
local MINIMUM = 0.42
local STEPS = 16

-- FNV-1a, 64 bits: a number that stays the same for the same text.
function color.hash(said)
  local hash = 0xcbf29ce484222325
  for place = 1, #said do hash = (hash ~ string.byte(said, place)) * 0x100000001b3 end
  return hash
end

-- A hue that belongs to the user for ever, 0 to 359; the hash is unsigned, a number of Lua is not.
function color.hue(user_id)
  local hash = color.hash(user_id)
  return (hash >> 1) % 180 * 2 + (hash & 1)
end

-- `#rrggbb` of what a platform may send, or nil.
function color.read(said)
  if type(said) ~= "string" or not string.find(said, "^#%x%x%x%x%x%x$") then return nil end
  return text.lower(said)
end

-- The light of an sRGB channel; each is reckoned once.
local light = {}

local function light_of(channel)
  local known = light[channel]
  if known then return known end
  local value = channel / 255
  known = value > 0.04045 and ((value + 0.055) / 1.055) ^ 2.4 or value / 12.92
  light[channel] = known
  return known
end

local function luminance(red, green, blue)
  return 0.2126 * light_of(red) + 0.7152 * light_of(green) + 0.0722 * light_of(blue)
end

local function readable(red, green, blue)
  local function mixed(channel, step) return channel + (255 - channel) * step // STEPS end
  local r, g, b = red, green, blue
  for step = 1, STEPS do
    if luminance(r, g, b) >= MINIMUM then break end
    r, g, b = mixed(red, step), mixed(green, step), mixed(blue, step)
  end
  return string.format("#%02x%02x%02x", r, g, b)
end

-- The colour that the user chose, or one of a hue.
function color.of(chosen, hue, saturation, lightness)
  if chosen then
    local value = tonumber(string.sub(chosen, 2), 16)
    return readable(value >> 16, value >> 8 & 255, value & 255)
  end
  local middle = lightness / 100
  local chroma = saturation / 100 * (1 - math.abs(2 * middle - 1))
  local function channel(offset)
    local position = (offset + hue / 30) % 12
    local part = middle - chroma / 2 * math.max(-1, math.min(position - 3, 9 - position, 1))
    return math.floor(part * 255 + 0.5)
  end
  return readable(channel(0), channel(8), channel(4))
end

return color
