#ifndef CELL_BUDGET_H
#define CELL_BUDGET_H

#include "fault.h"
#include "heap.h"

#include <lua5.4/lua.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

// What one callback may use. Beyond a limit the callback does not get an error that it could catch: the jump goes past
// every pcall, coroutine and finaliser straight to the cell, which throws the whole Lua state away and makes a new one
// from the last good state.

/// What runs now; a cell does one thing at a time.
struct budget {
    jmp_buf stop;
    /// Whether a callback runs and `stop` may be jumped to.
    bool armed;
    /// Instructions counted, the cost of built-in functions among them.
    uint64_t used;
    uint64_t limit;
    int milliseconds;
    /// What the limit is for: "the callback" or "loading".
    const char *purpose;
    /// The coroutine that runs, for the traceback.
    lua_State *running;
    struct heap *heap;
    int nested;
    struct fault fault;
};

extern struct budget budget;

/// Sets the clocks for a callback; the caller has set `stop`.
void budget_begin(struct heap *heap, lua_State *lua, bool isLoading);

/// Stops the clocks.
void budget_end(void);

/// Lets Lua count for this state and the coroutines it will create.
void budget_watch(lua_State *lua);

/// Charges the work of a built-in function, in instructions; does not return when nothing is left.
void budget_charge(lua_State *lua, size_t cost);

/// Ends the callback for want of memory, of the widget or of the streamer's widgets together.
_Noreturn void budget_stop_memory(bool together);

#endif
