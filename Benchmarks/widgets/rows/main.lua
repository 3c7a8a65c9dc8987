local rows = require "rows"

widget.init(rows.begin)
widget.on("chat:message", rows.hear)
widget.render(function(state) return rows.draw(state, ui) end)
