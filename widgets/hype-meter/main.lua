-- A meter that chat fills. What to learn from it: state is a plain table, time comes from timers, and a picture is
-- nothing but a function of the state.

local STEPS = 20 -- how often a full meter is drawn while it empties

widget.init(function(config)
  return { level = 0, peak = 0 }
end)

local function counts(line, config)
  local said = text.lower(line)
  for _, word in ipairs(config.words) do
    -- `true`: the word is a text, no pattern.
    if string.find(said, text.lower(word), 1, true) then return true end
  end
  return false
end

widget.on("chat:message", function(state, event, config)
  if not counts(event.payload.text, config) then return end
  if state.level == 0 then timer.every(config.decay / STEPS, "decay") end
  state.level = math.min(state.level + 1, config.target)
  state.peak = math.max(state.peak, state.level)
end)

widget.on("timer:decay", function(state, event, config)
  state.level = math.max(state.level - config.target / STEPS, 0)
  if state.level == 0 then
    state.peak = 0
    timer.cancel("decay")
  end
end)

-- A lower target must not leave the meter more than full.
widget.on_config(function(state, new, old)
  state.level = math.min(state.level, new.target)
end)

widget.render(function(state, config)
  local share = state.level / config.target
  return ui.div { class = share >= 1 and "meter full" or "meter",
    ui.div { class = "head",
      ui.span { class = "title", text = config.title },
      ui.span { class = "percent", text = format.percent(share) },
    },
    ui.div { class = "track", role = "progressbar",
      ui.div { class = "fill", style = { width = string.format("%.1f%%", share * 100) } },
    },
  }
end)
