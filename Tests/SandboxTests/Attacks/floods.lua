-- Floods of what a widget may ask for: bodies of a handler, each below its name and what must become of it.

--- timers: stopped
for i = 1, 100 do timer.after(1, 't' .. i) end

--- timer of no time: either
timer.every(0, 'x')

--- timer of a negative time: either
timer.after(-5, 'x')

--- timer of an endless time: either
timer.after(math.huge, 'x')

--- log: stopped
while true do log.info(string.rep('x', 4000)) end

--- log of a megabyte: either
log.info(string.rep('x', 1000000))

--- storage: stopped
for i = 1, 1000 do storage.set('k' .. i, i) end

--- large value: stopped
storage.set('k', string.rep('x', 17000))

--- long key: either
storage.set(string.rep('k', 1000), 1)

--- key of another: either
local x = storage.get('../other/key') if x then state.escaped = true end

--- sounds: either
for i = 1, 1000 do sound.play('assets/a.wav') end
