-- Shows when anything has happened twice, never or in another order than in the log.

widget.init(function() return { lines = 0, rings = 0, torn = 0, trace = 1 } end)

local function note(state, kind, word)
  state[kind] = state[kind] + 1
  -- What is stored and what is remembered were told together, or something was lost between them.
  if storage.increment(kind) ~= state[kind] then state.torn = state.torn + 1 end
  state.trace = (state.trace * 31 + #word + random(1000)) % 1000003
end

widget.on("chat:message", function(state, event)
  note(state, "lines", event.payload.text)
  storage.set("line " .. state.lines % 7, event.payload.text)
  sound.play("assets/tick.wav")
  if state.lines % 3 == 0 then timer.after(0.4, "ring" .. state.lines % 4) end
end)

for place = 0, 3 do
  widget.on("timer:ring" .. place, function(state) note(state, "rings", "ring " .. place .. clock.now()) end)
end

widget.render(function(state)
  return ui.p { ui.b { text = state.lines }, ui.i { text = state.rings }, ui.u { text = state.trace } }
end)
