-- Around rows.lua, in a script of Redis: the state comes from a key and goes there again, and the view is written in
-- the form that pages read.
local state = redis.call("GET", KEYS[1])
state = state and cjson.decode(state) or rows.begin()
rows.hear(state, cjson.decode(ARGV[1]))
redis.call("SET", KEYS[1], cjson.encode(state))

local ui = setmetatable({}, { __index = function(_, tag)
  return function(node)
    local properties = {}
    for name, value in pairs(node) do
      if type(name) == "string" then properties[name == "key" and "k" or name] = value end
    end
    return { tag, properties, unpack(node) }
  end
end })

return cjson.encode({ rows.draw(state, ui) })
