-- Pictures: bodies of a handler, each below its name and what must become of it.

--- view from a handler: either
local v = ui.div{ ui.div{} } while #v < 0 do end

--- endless view: stopped
local v = ui.div{} while true do v = ui.div{ v } end

--- script tag: either
local ok = pcall(function() return ui.script{} end) if ok then state.escaped = true end

--- iframe tag: either
local ok = pcall(function() return ui.iframe{} end) if ok then state.escaped = true end
