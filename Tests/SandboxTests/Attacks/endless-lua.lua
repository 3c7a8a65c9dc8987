-- Endless work in Lua itself: bodies of a handler, each below its name and what must become of it.

--- while: stopped
while true do end

--- repeat: stopped
repeat until false

--- goto: stopped
::a:: goto a

--- for: stopped
for i = 1, math.huge do end

--- for backwards: stopped
for i = 1, math.mininteger, -1 do end

--- tail call: stopped
local function f() return f() end f()

--- two functions: stopped
local g local function f() return g() end g = function() return f() end f()

--- closure: stopped
local f f = function() (function() f() end)() end f()

--- iterator: stopped
for x in function() return 1 end do end

--- __index: stopped
local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) local x = t[1]

--- __newindex: stopped
local t = setmetatable({}, {__newindex = function(t, k, v) t[k] = v end}) t.a = 1

--- __call: stopped
local t = setmetatable({}, {}) getmetatable(t).__call = function(s) return s() end t()

--- __eq: stopped
local m = {} m.__eq = function(a, b) return a == b end local x = setmetatable({}, m) == setmetatable({}, m)

--- __lt: stopped
local m = {} m.__lt = function(a, b) while true do end end local x = setmetatable({}, m) < setmetatable({}, m)

--- __le: stopped
local m = {} m.__le = function(a, b) while true do end end
local x = setmetatable({}, m) <= setmetatable({}, m)

--- __concat: stopped
local t = setmetatable({}, {__concat = function(a, b) while true do end end}) local x = t .. t

--- __len: stopped
local t = setmetatable({}, {__len = function() while true do end end}) local x = #t

--- __unm: stopped
local t = setmetatable({}, {__unm = function() while true do end end}) local x = -t

--- __close: stopped
local c <close> = setmetatable({}, {__close = function() while true do end end})

--- pcall: stopped
while true do pcall(function() while true do end end) end

--- pcall inside: stopped
local function f() pcall(f) while true do end end f()

--- xpcall handler: stopped
xpcall(function() error('x') end, function() while true do end end)

--- handler of the limit: stopped
xpcall(function() while true do end end, function() while true do end end)

--- error in the handler: stopped
while true do xpcall(error, function() error('again') end) end

--- coroutine: stopped
coroutine.wrap(function() while true do end end)()

--- coroutines without end: stopped
while true do coroutine.wrap(function() end)() end

--- short coroutines: stopped
while true do local c = coroutine.create(function() local x = 1 + 1 end) coroutine.resume(c) end

--- two coroutines: stopped
local c = coroutine.wrap(function() while true do coroutine.yield() end end) while true do c() end

--- coroutine.close: stopped
while true do
local c = coroutine.create(function() coroutine.yield() end) coroutine.resume(c) coroutine.close(c) end

--- coroutine that eats the limit: stopped
local c = coroutine.create(function() while true do end end) coroutine.resume(c) while true do end

--- pairs: stopped
while true do for k, v in pairs({1, 2, 3}) do end end

--- __pairs: stopped
for k in pairs(setmetatable({}, {__pairs = function() return function() return 1 end end})) do end
while true do end

--- select: stopped
while true do select('#', 1, 2, 3) end

--- random: stopped
while true do random() end

--- clock: stopped
local t = clock.now() while clock.now() < t + 1 do end
