-- A poll that chat votes in. What to learn from it: reading commands, whom to trust with them, and where to keep what
-- is too much for the state.

local LEADERS = { broadcaster = true, moderator = true }
local MOST_OPTIONS = 8

-- Who has voted for what would not fit into the state (64 KiB), so it lies in the storage, in parts: one vote reads and
-- writes one of them. 64 parts of 80 voters are some 4,500 viewers; whoever comes later cannot vote.
local PARTS = 64
local VOTERS_IN_PART = 80

widget.init(function(config)
  return { phase = "waiting", number = 0, options = {} }
end)

local function may_lead(user)
  for _, role in ipairs(user and user.roles or {}) do
    if LEADERS[role] then return true end
  end
  return false
end

-- Viewers wrote it, so it may hold anything.
local function shown(words, length)
  return text.truncate(text.sanitize(words), length)
end

local function begin(state, question, options, event)
  state.phase = "active"
  state.number = state.number + 1
  state.question = question
  state.options = options
  -- Whoever deletes this message takes the poll off the screen.
  state.source = event.id
  state.is_test = event.test
  state.is_foreign = nil
  state.ends_at = nil
  timer.cancel("hide")
end

local function finish(state, config)
  if state.phase ~= "active" then return end
  state.phase = "ended"
  timer.cancel("end")
  timer.cancel("tick")
  if config.autoHideAfterEnd then timer.after(config.hideDelay, "hide") end
end

-- "Which game? | Golf | Chess"; anything with fewer than two options is no poll.
local function ask(state, words, event, config)
  local parts = {}
  for part in (words .. "|"):gmatch("([^|]*)|") do
    part = shown(part, #parts == 0 and 80 or 40)
    if part ~= "" and #parts <= MOST_OPTIONS then parts[#parts + 1] = part end
  end
  if #parts < 3 then return end

  local options = {}
  for place = 2, #parts do options[place - 1] = { text = parts[place], votes = 0 } end
  begin(state, parts[1], options, event)
  if config.duration == 0 then return end
  state.ends_at = clock.now() + config.duration * 1000
  state.left = config.duration
  timer.after(config.duration, "end")
  timer.every(1, "tick")
end

local function part_of(voter)
  local sum = 0
  for place = 1, #voter do sum = (sum * 31 + voter:byte(place)) % PARTS end
  return "voters:" .. sum
end

-- Whether the vote counts; an earlier one of the same viewer is taken back.
local function is_new_vote(state, voter, choice)
  local key = part_of(voter)
  local part = storage.get(key)
  -- A part of an earlier poll is written over: nothing has to be deleted when a poll begins.
  if not part or part.poll ~= state.number then part = { poll = state.number, size = 0, votes = {} } end
  local before = part.votes[voter]
  if before == choice then return false end
  if before then
    state.options[before].votes = state.options[before].votes - 1
  else
    if part.size == VOTERS_IN_PART then return false end
    part.size = part.size + 1
  end
  part.votes[voter] = choice
  storage.set(key, part)
  return true
end

local function vote(state, words, event, config)
  local choice = math.tointeger(tonumber(words:match("^%d+")))
  local user = event.payload.user
  if state.phase ~= "active" or state.is_foreign or not user or not state.options[choice or 0] then return end
  -- A test may vote in a poll that is one, never in a real one.
  if event.test and not state.is_test then return end
  if config.counting == "unique" and not is_new_vote(state, event.platform .. ":" .. user.id, choice) then return end

  state.options[choice].votes = state.options[choice].votes + 1
end

widget.on("chat:message", function(state, event, config)
  local command, words = event.payload.text:match("^%s*!(%a+)%s*(.*)$")
  command = command and text.lower(command)
  if command == "vote" then return vote(state, words, event, config) end
  if command ~= "poll" or not may_lead(event.payload.user) then return end

  if text.lower(words):match("^end%s*$") then return finish(state, config) end
  ask(state, words, event, config)
end)

-- A poll of the platform or of the dashboard: it counts by itself, and here it is only drawn.
widget.on("poll:*", function(state, event, config)
  local poll = event.payload
  local options = {}
  for place, option in ipairs(poll.options or {}) do
    if place > MOST_OPTIONS then break end
    options[place] = { text = shown(option.text, 40), votes = option.votes or 0 }
  end
  local is_new = event.type == "poll:start" or not state.is_foreign
  if is_new and #options == 0 then return end
  if is_new then
    timer.cancel("end")
    timer.cancel("tick")
    begin(state, shown(poll.title or "", 80), options, event)
    state.is_foreign = true
  elseif #options > 0 then
    state.options = options
  end
  if event.type == "poll:end" then finish(state, config) end
end)

widget.on("timer:tick", function(state, event, config)
  state.left = math.max((state.ends_at - clock.now()) // 1000, 0)
end)

widget.on("timer:end", function(state, event, config) finish(state, config) end)

widget.on("timer:hide", function(state, event, config)
  state.phase = "waiting"
  state.options = {}
end)

local function row(place, option, share, is_winner, config)
  return ui.li { key = tostring(place), class = is_winner and "option winner" or "option",
    ui.div { class = "line",
      ui.span { class = "number", text = tostring(place) },
      ui.span { class = "name", dir = "auto", text = option.text },
      config.showVoteCounts and ui.span { class = "votes", text = format.compact(option.votes) },
      config.showPercentages and ui.span { class = "percent", text = format.percent(share) },
    },
    ui.div { class = "track", ui.div { class = "fill", style = { width = string.format("%.1f%%", share * 100) } } },
  }
end

local function hint(state)
  if state.phase == "ended" then return locale.t("ended") end
  return state.is_foreign and "" or locale.t("hint", { last = #state.options })
end

widget.render(function(state, config)
  if state.phase == "waiting" then return {} end
  local total, most = 0, 0
  for _, option in ipairs(state.options) do
    total = total + option.votes
    most = math.max(most, option.votes)
  end
  local rows = {}
  for place, option in ipairs(state.options) do
    local share = total > 0 and option.votes / total or 0
    local is_winner = config.highlightWinner and state.phase == "ended" and most > 0 and option.votes == most
    rows[place] = row(place, option, share, is_winner, config)
  end
  local style = {}
  if config.barColor ~= "" then style["--bar"] = config.barColor end
  if config.winnerColor ~= "" then style["--winner"] = config.winnerColor end
  local is_timed = state.phase == "active" and state.ends_at
  return ui.div { class = "poll " .. state.phase .. " text-" .. config.fontSize .. " move-" .. config.animation,
    source = state.source, style = style, ["data-exit"] = "true",
    ui.div { class = "head",
      ui.span { class = "question", dir = "auto", text = config.showTitle and state.question or "" },
      is_timed and ui.span { class = "left", text = format.duration(state.left) },
    },
    ui.ol { class = "options", rows },
    ui.div { class = "foot",
      ui.span { text = hint(state) },
      config.showVoteCounts and ui.span { class = "total",
        text = locale.t(total == 1 and "vote" or "votes", { count = format.number(total) }) },
    },
  }
end)
