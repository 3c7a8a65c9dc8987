/// One line for everything in a cell that Lua itself does not have, or has in another way.
enum ReferenceWords {
    /// How it is called, and what it does.
    static let functions: [String: (call: String, about: String)] = [
        "widget.init": ("widget.init(function(config) … end)", "Returns the first state, a table like JSON."),
        "widget.on": (
            "widget.on(type, function(state, event, config) … end)",
            "Takes an event into the state. `type` is one of the manifest's events, a pattern that ends in `*`, or "
                + "`timer:NAME`; the exact type comes before the longest pattern."
        ),
        "widget.on_config": (
            "widget.on_config(function(state, new, old) … end)", "Fits the state to settings that have changed."
        ),
        "widget.migrate": (
            "widget.migrate(function(config, state, from) return config, state end)",
            "Brings what an older version (`from`) has kept to this one's form."
        ),
        "widget.render": (
            "widget.render(function(state, config) … end)",
            "Returns the view: a node, a text, or a list of them. It may read the state and nothing else."
        ),
        "ui.each": (
            "ui.each(list, function(item, place) … end)",
            "The nodes of a list, in order; `nil` and `false` are left out."
        ),
        "timer.after": (
            "timer.after(seconds, name, payload?)",
            "Fires `timer:NAME` once. A name has one timer: starting it again replaces it. Permission `timers`."
        ),
        "timer.every": (
            "timer.every(seconds, name, payload?)", "Fires `timer:NAME` again and again. Permission `timers`."
        ),
        "timer.cancel": ("timer.cancel(name)", "Stops that timer, if there is one. Permission `timers`."),
        "storage.get": ("storage.get(key)", "The value stored under that key, or `nil`. Permission `storage`."),
        "storage.set": (
            "storage.set(key, value)", "Keeps a value like JSON; `nil` deletes it. Permission `storage`."
        ),
        "storage.delete": ("storage.delete(key)", "Forgets it. Permission `storage`."),
        "storage.increment": (
            "storage.increment(key, n?)", "Adds `n` (1) to a number and returns the sum. Permission `storage`."
        ),
        "storage.list": ("storage.list(prefix)", "The keys that begin so, sorted. Permission `storage`."),
        "sound.play": (
            "sound.play(asset, { volume = 0…1 })",
            "Plays `assets/…` of the package on the one page that sounds. Permission `sound`."
        ),
        "log.debug": ("log.debug(text)", "A line in the widget's log."),
        "log.info": ("log.info(text)", "A line in the widget's log."),
        "log.warn": ("log.warn(text)", "A line in the widget's log."),
        "log.error": ("log.error(text)", "A line in the widget's log."),
        "clock.now": (
            "clock.now()",
            "Milliseconds since 1970 by the log's clock: when the event came, or when the timer was due. In "
                + "`widget.render` that of the last callback."
        ),
        "text.sanitize": (
            "text.sanitize(s)",
            "One line without hidden characters, with single spaces, at most four marks on a letter."
        ),
        "text.truncate": ("text.truncate(s, n)", "At most `n` characters; a longer text ends in `…`."),
        "text.length": ("text.length(s)", "How many characters a reader sees."),
        "text.upper": ("text.upper(s)", "Capital letters, beyond ASCII too."),
        "text.lower": ("text.lower(s)", "Small letters, beyond ASCII too."),
        "format.number": ("format.number(n, decimals?)", "`1,234.5`; without `decimals` at most two."),
        "format.money": ("format.money(minor, currency)", "`$5.00`, `5.00 CHF`, `¥500`, `100 bits`."),
        "format.percent": ("format.percent(x, decimals?)", "A half is `50%`."),
        "format.compact": ("format.compact(n)", "`950`, `1.2K`, `3.4M`."),
        "format.duration": ("format.duration(seconds)", "`5:09`, `1:05:09`."),
        "format.date": ("format.date(ms)", "`21 Nov 2026`, in UTC."),
        "format.time": ("format.time(ms)", "`14:05`, in UTC."),
        "format.relative": ("format.relative(ms)", "`5 minutes ago`, `in 2 hours`, `just now`."),
        "locale.t": (
            "locale.t(key, args?)",
            "The text of that name in the streamer's language, with `{name}` replaced by `args.name`; the key where "
                + "there is none."
        ),
        "random": (
            "random(), random(m), random(m, n)",
            "A number from 0 up to 1, from 1 to `m`, from `m` to `n`; in handlers. The same log throws the same dice. "
                + "`math.random` is the same function."
        ),
        "pairs": (
            "pairs(t)",
            "Walks 1…n, then other numbers ascending, then texts by byte, then booleans; any other key is an error."
        ),
        "require": ("require(name)", "Runs `NAME.lua` of the package once; while `main.lua` loads."),
        "print": ("print(…)", "A line in the widget's log."),
        "setmetatable": ("setmetatable(t, meta)", "As in Lua, without `__gc` and `__mode`."),
        "tostring": ("tostring(v)", "As in Lua; a table or a function is its type's name, never an address."),
    ]

    /// Parts that Lua does not have; of the others only what is in ``functions`` is another than in Lua.
    static let parts = [
        "widget", "ui", "timer", "storage", "sound", "log", "clock", "text", "format", "locale",
    ]

    static let eventMembers: [String: String] = [
        "id": "what `source` of a node names; of a chat line the message's id",
        "seq": "its place in the streamer's log",
        "type": "one of the types below",
        "platform": "`twitch`, `kick`, a tip service (`kofi`, `stripe`, `buymeacoffee`), or `streamvibes` for what the "
            + "host writes itself",
        "occurredAt": "when it happened, by the platform's clock",
        "receivedAt": "when the log took it; never earlier than the event before",
        "receivedAtMs": "the same in milliseconds since 1970: what `clock.now()` says",
        "test": "sent by the streamer to see it; drawn like a real one, never counted",
        "payload": "what happened, by type",
    ]
}
