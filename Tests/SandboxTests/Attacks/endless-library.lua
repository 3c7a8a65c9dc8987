-- Endless work inside library functions: bodies of a handler, each below its name and what must become of it.

--- find: stopped
local s = string.rep('a', 64) while true do string.find(s, string.rep('a?', 64) .. s) end

--- match: stopped
string.match(string.rep('a', 30000), string.rep('.-', 30) .. 'b')

--- gmatch: stopped
for x in string.gmatch(string.rep('a', 100000), '.-.-.-b') do end while true do end

--- gsub: stopped
string.gsub(string.rep('a', 30000), '.-.-.-b', '')

--- gsub with a function: stopped
string.gsub(string.rep('a', 100000), 'a', function() while true do end end)

--- balanced: stopped
string.find(string.rep('(', 200000), '%b()') while true do end

--- frontier: stopped
string.find(string.rep('a', 100000), '%f[b].-.-.-c') while true do end

--- plain find: stopped
string.find(string.rep('a', 200000), string.rep('a', 100000) .. 'b', 1, true) while true do end

--- sort: stopped
local t = {} for i = 1, 20000 do t[i] = i end table.sort(t, function(a, b) while true do end end)

--- sort without an order: stopped
local t = {} for i = 1, 50000 do t[i] = i % 7 end table.sort(t, function(a, b) return true end)
while true do end

--- rep of nothing: either
local x = string.rep('', 1 << 62)

--- rep with a separator: either
local x = string.rep('', 1 << 40, '')

--- move: either
table.move({}, 1, 1 << 62, 2)

--- move backwards: either
table.move({}, 1, 1 << 62, -(1 << 61))

--- concat: either
local x = table.concat({}, '', 1, 1 << 62)

--- concat of a foreign table: either
local t = setmetatable({}, {__index = function() return '' end}) local x = table.concat(t, '', 1, 1 << 62)

--- unpack: either
local x = {table.unpack({}, 1, 1 << 30)}

--- insert by __len: either
local t = setmetatable({}, {__len = function() return 1 << 62 end}) table.insert(t, 1, 'x')

--- remove by __len: either
local t = setmetatable({}, {__len = function() return 1 << 62 end}) table.remove(t, 1)

--- utf8.char: either
local x = utf8.char(table.unpack({}, 1, 1 << 20))

--- utf8.len: either
local x = utf8.len(string.rep('a', 4000000))

--- format: either
local x = string.format('%99.99f', 1e300)

--- format without end: stopped
while true do string.format('%s', string.rep('x', 10000)) end

--- byte: stopped
local s = string.rep('x', 1000) while true do string.byte(s, 1, 1000) end

--- upper: stopped
local s = string.rep('x', 1000000) while true do s:upper() end

--- reverse: stopped
local s = string.rep('x', 1000000) while true do s:reverse() end

--- tostring: stopped
while true do tostring(12345) end

--- tonumber: stopped
local s = string.rep('9', 100000) while true do tonumber(s) end

--- comparison: stopped
local a, b = string.rep('x', 1000000), string.rep('x', 1000000) .. 'y' while true do if a < b then end end

--- concatenation: stopped
local s = string.rep('x', 100000) while true do local t = s .. s end

--- garbage: stopped
while true do local t = {} end

--- collectgarbage: either
while true do collectgarbage('count') end
