-- A neighbour as bad as they come: every line of chat ends at the limit of instructions.
widget.on("chat:message", function()
  while true do end
end)
widget.render(function() return ui.p "endless" end)
