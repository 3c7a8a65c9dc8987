-- A neighbour that eats memory until it is stopped.
widget.on("chat:message", function()
  local kept = {}
  while true do kept[#kept + 1] = string.rep("x", 100000) end
end)
widget.render(function() return ui.p "greedy" end)
