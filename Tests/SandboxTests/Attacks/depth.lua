-- Depth: bodies of a handler, each below its name and what must become of it.

--- recursion: stopped
local function f() return 1 + f() end f()

--- recursion through pcall: stopped
local function f() return 1 + select(2, pcall(f)) end f()

--- recursion through a metamethod: stopped
local t = setmetatable({}, {}) getmetatable(t).__index = function(s, k) return 1 + s[k] end local x = t.a

--- recursion through gsub: stopped
local function f(s) return (s:gsub('.', f)) end f('x')

--- recursion through sort: stopped
local function f() table.sort({1, 2, 3}, f) end f()

--- recursion through coroutines: stopped
local function f() return coroutine.wrap(f)() end f()

--- recursion through tostring: stopped
local t t = setmetatable({}, {__tostring = function() return tostring(t) end}) local x = tostring(t)

--- chain of __index: either
local t = {} for i = 1, 10000 do t = setmetatable({}, {__index = t}) end local x = t.a

--- deep pattern: either
string.find(string.rep('a', 10000), string.rep('(a', 32) .. string.rep(')', 32))

--- too many captures: stopped
string.find('a', string.rep('()', 40))
