-- The three memory faults of Lua 5.4.4: bodies of a handler, each below its name and what must become of it.

--- concat with a stack that moves: either
local m = {__concat = function(a, b) local function deep(n) if n > 0 then return deep(n - 1) + 1 end
return 0 end deep(150) return 'x' end}
local t = setmetatable({}, m) for i = 1, 50 do local s = 'a' .. 'b' .. t end

--- weak table under pressure: either
local function fill()
local t = setmetatable({}, {__mode = 'kv', __newindex = function(t, k, v) rawset(t, k, v) end})
for i = 1, 100000 do t[{}] = string.rep('x', 100) end end fill()

--- chain of coroutines that close each other: either
local last = nil for i = 1, 100000 do local before = last
last = coroutine.create(function() local c <close> = setmetatable({}, {__close = function()
if before then coroutine.close(before) end end}) coroutine.yield() end)
coroutine.resume(last) end coroutine.close(last)
