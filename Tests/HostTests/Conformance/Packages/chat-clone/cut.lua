-- How much of viewers' text a line keeps: so many characters, and so many bytes as JSON would write them, for one
-- letter may carry a thousand accents. What does not fit is cut at a character and ends in "…".

local cut = {}

-- What JSON needs for a text, quotes left out.
function cut.weight(said)
  if not string.find(said, '["\\%c]') then return #said end
  local _, escaped = string.gsub(said, '["\\]', "")
  local _, controls = string.gsub(said, "%c", "")
  return #said + escaped + 5 * controls
end

-- Line breaks and other controls would tear a one-line layout.
local function one_line(said)
  if not string.find(said, "[%c\xC2]") then return said end
  said = string.gsub(said, "\r\n", " ")
  said = string.gsub(said, "%c", " ")
  return (string.gsub(said, "\xC2[\x80-\x9F]", " "))
end

-- The first so many characters of a text that has as many.
local function beginning(said, characters)
  -- Two more characters than there are, so that something is cut off, and "…" stands at the end.
  return string.sub(text.truncate(said .. "  ", characters + 1), 1, -4)
end

local function longest(said, characters, bytes)
  local low, high = 0, characters
  while low < high do
    local middle = (low + high + 1) // 2
    if cut.weight(beginning(said, middle)) <= bytes then low = middle else high = middle - 1 end
  end
  return beginning(said, low) .. "…"
end

-- An allowance that several texts share.
function cut.allowance(characters, bytes)
  return { characters = characters, bytes = bytes, is_exhausted = false }
end

-- As much of the text as is still allowed, in one line; nothing once a text has been cut.
function cut.take(allowance, said)
  if allowance.is_exhausted then return "" end
  -- A controlling character has two bytes at most and costs one: what stands behind this cannot fit.
  local room = 2 * allowance.bytes + 8
  local is_long = #said > room
  said = one_line(is_long and string.sub(said, 1, room) or said)
  local characters = text.length(said)
  local bytes = cut.weight(said)
  if is_long or characters > allowance.characters or bytes > allowance.bytes then
    allowance.is_exhausted = true
    return longest(said, math.min(characters, allowance.characters), allowance.bytes)
  end
  allowance.characters = allowance.characters - characters
  allowance.bytes = allowance.bytes - bytes
  return said
end

-- One text as far as so many characters and bytes allow.
function cut.text(said, characters, bytes)
  return cut.take(cut.allowance(characters, bytes), said)
end

return cut
