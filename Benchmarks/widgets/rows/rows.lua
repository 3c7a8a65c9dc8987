-- The last lines of chat, as a function of an event and a function of a state: nothing here knows where it runs, so a
-- cell, a plain Lua and Redis can run the same.
local rows = {}

local KEPT = 18

function rows.begin()
  return { heard = 0, lines = {} }
end

function rows.hear(state, event)
  local user = event.payload.user
  state.heard = state.heard + 1
  table.insert(state.lines, {
    id = event.id, name = user.displayName, color = user.color or "#9b9bb0", text = event.payload.text,
  })
  if #state.lines > KEPT then table.remove(state.lines, 1) end
end

function rows.draw(state, ui)
  local list = { class = "rows" }
  for place, line in ipairs(state.lines) do
    list[place] = ui.li { key = line.id, class = "row", source = line.id,
      ui.span { class = "name", style = { color = line.color }, line.name },
      ui.span { class = "text", dir = "auto", line.text },
    }
  end
  return ui.div { class = "chat",
    ui.p { class = "head", string.format("%d lines", state.heard) },
    ui.ul(list),
  }
end

return rows
