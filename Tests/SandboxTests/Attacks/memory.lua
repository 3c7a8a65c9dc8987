-- Memory, and states that cannot be kept: bodies of a handler, each below its name and what must become of it.

--- table: stopped
local t = {} while true do t[#t + 1] = {} end

--- table by name: stopped
local t = {} local i = 0 while true do i = i + 1 t['k' .. i] = i end

--- string: stopped
local s = 'x' while true do s = s .. s end

--- rep: stopped
local s = string.rep('x', 1 << 30)

--- rep of rep: stopped
local s = string.rep(string.rep('x', 1 << 20), 1 << 20)

--- gsub that grows: stopped
local s = 'x' while true do s = s:gsub('x', 'xx') end

--- format that grows: stopped
local s = 'x' while true do s = string.format('%s%s', s, s) end

--- concat that grows: stopped
local t = {} for i = 1, 1000000 do t[i] = 'xxxxxxxxxxxxxxxx' end local s = table.concat(t)

--- pack that grows: stopped
local t = {} while true do t[#t + 1] = table.pack(1, 2, 3, 4, 5, 6, 7, 8) end

--- closures: stopped
local t = {} while true do t[#t + 1] = function() return t end end

--- coroutines kept: stopped
local t = {} while true do t[#t + 1] = coroutine.create(function() end) end

--- userless rehash: stopped
local t = {} for i = 1, 1 << 26 do t[i * 1.5] = true end

--- strings kept: stopped
local t = {} while true do t[#t + 1] = string.rep('x', 1000) .. #t end

--- memory caught: stopped
while true do pcall(function() local t = {} while true do t[#t + 1] = {} end end) end

--- upvalues: stopped
local f = function() end while true do local g = f f = function() return g end end

--- array of a size: either
local t = table.pack(string.byte(string.rep('x', 1000000), 1, -1))

--- state that grows: stopped
for i = 1, 100000 do state['k' .. i] = i end

--- deep state: stopped
local t = state for i = 1, 100 do t.a = {} t = t.a end

--- cyclic state: stopped
state.me = state

--- function in the state: stopped
state.f = function() end

--- coroutine in the state: stopped
state.c = coroutine.create(function() end)

--- not a number in the state: either
state.x = 0 / 0

--- infinity in the state: either
state.x = 1 / 0
