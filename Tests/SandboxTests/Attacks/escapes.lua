-- Ways out of the cell: bodies of a handler, each below its name and what must become of it.

--- global io: harmless
if io ~= nil or _ENV and _ENV['io'] ~= nil then state.escaped = true end

--- global os: harmless
if os ~= nil or _ENV and _ENV['os'] ~= nil then state.escaped = true end

--- global package: harmless
if package ~= nil or _ENV and _ENV['package'] ~= nil then state.escaped = true end

--- global debug: harmless
if debug ~= nil or _ENV and _ENV['debug'] ~= nil then state.escaped = true end

--- global load: harmless
if load ~= nil or _ENV and _ENV['load'] ~= nil then state.escaped = true end

--- global loadstring: harmless
if loadstring ~= nil or _ENV and _ENV['loadstring'] ~= nil then state.escaped = true end

--- global loadfile: harmless
if loadfile ~= nil or _ENV and _ENV['loadfile'] ~= nil then state.escaped = true end

--- global dofile: harmless
if dofile ~= nil or _ENV and _ENV['dofile'] ~= nil then state.escaped = true end

--- global module: harmless
if module ~= nil or _ENV and _ENV['module'] ~= nil then state.escaped = true end

--- global newproxy: harmless
if newproxy ~= nil or _ENV and _ENV['newproxy'] ~= nil then state.escaped = true end

--- global next: harmless
if next ~= nil or _ENV and _ENV['next'] ~= nil then state.escaped = true end

--- global arg: harmless
if arg ~= nil or _ENV and _ENV['arg'] ~= nil then state.escaped = true end

--- global jit: harmless
if jit ~= nil or _ENV and _ENV['jit'] ~= nil then state.escaped = true end

--- global ffi: harmless
if ffi ~= nil or _ENV and _ENV['ffi'] ~= nil then state.escaped = true end

--- global bit32: harmless
if bit32 ~= nil or _ENV and _ENV['bit32'] ~= nil then state.escaped = true end

--- string.dump: harmless
if string.dump then state.escaped = true end

--- collectgarbage that stops: harmless
if pcall(collectgarbage, 'stop') then state.escaped = true end

--- metatable of strings: harmless
local m = getmetatable('') if type(m) == 'table' then state.escaped = true end

--- changed string library: harmless
pcall(function() string.format = function() return 'x' end end)
if string.format('%d', 1) == 'x' then state.escaped = nil end

--- address of a table: harmless
if tostring({}):find('0x') then state.escaped = true end

--- address by format: harmless
local ok, s = pcall(string.format, '%p', {}) if ok and s:find('0x') then state.escaped = true end

--- address of a function: harmless
if tostring(string.rep):find('0x') then state.escaped = true end

--- seed of the dice: harmless
if math.randomseed then local x = math.randomseed() if x then state.escaped = true end end

--- bytecode by load: either
local f = load and load('\27Lua') if f then state.escaped = true end

--- require of a path: either
local ok = pcall(require, '../../etc/passwd') if ok then state.escaped = true end

--- require of a library: either
local ok = pcall(require, 'os') if ok then state.escaped = true end

--- __gc: either
setmetatable({}, {__gc = function() while true do end end})

--- __gc later: either
local m = {} local t = setmetatable({}, m) m.__gc = function() while true do end end t = nil collectgarbage()

--- __mode: either
local t = setmetatable({}, {__mode = 'k'}) for i = 1, 100 do t[{}] = i end

--- __metatable: either
local t = setmetatable({}, {__metatable = 'locked'}) setmetatable(t, {})

--- rawset on a library: either
rawset(string, 'rep', function() return 'x' end) if string.rep('a', 2) == 'x' then state.escaped = nil end

--- error that is a table: either
error(setmetatable({}, {__tostring = function() while true do end end}))

--- error that is long: either
error(string.rep('x', 1000000))

--- error that is nothing: either
error()

--- traceback: either
error('x\27[31m\0y', 2)
