#ifndef CELL_TIMERS_H
#define CELL_TIMERS_H

#include "bounds.h"
#include "output.h"

#include <lua5.4/lua.h>
#include <stdbool.h>
#include <stdint.h>

/// A timer of an instance; its texts are its own.
struct timer {
    struct span name;
    int64_t due;
    /// Milliseconds between firings, or 0.
    int64_t every;
    /// JSON, or empty.
    struct span payload;
};

/// Those of an instance, at most LIMIT_TIMERS.
struct timers {
    struct timer *list;
    size_t count;
    size_t room;
};

/// What a callback has asked for and has not yet got: a timer to start, or one to cancel (`due` is 0).
struct timer_changes {
    struct timer list[LIMIT_TIMER_OPERATIONS];
    size_t count;
};

/// Takes `[{name,due,every?,payload}]`; false where it is something else or too long.
bool timers_read(struct timers *timers, struct span json);
void timers_write(const struct timers *timers, struct output *output);
void timers_free(struct timers *timers);

/// The timer that fires next and not after that moment, or NULL. Of several due together it is the one whose name
/// comes first by bytes.
struct timer *timers_due(struct timers *timers, int64_t until);

/// Takes a timer that fires out of the list into `fired`, whose texts are the caller's; a repeating one stays, due
/// one interval later.
void timers_fire(struct timers *timers, struct timer *timer, struct timer *fired);
void timer_free(struct timer *timer);

void timers_commit(struct timers *timers, struct timer_changes *changes);
void timers_discard(struct timer_changes *changes);

/// The dice of a fired timer: FNV-1a, 64 bits, over the package's id, a NUL, the timer's name, a NUL and the due
/// moment in decimal digits. (The same with the name `init` and the moment of loading for `widget.init`.)
uint64_t timers_seed(struct span id, struct span name, int64_t due);

/// Pushes the table `timer`.
void timers_open(lua_State *lua);

#endif
