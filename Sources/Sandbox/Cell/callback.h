#ifndef CELL_CALLBACK_H
#define CELL_CALLBACK_H

#include "fault.h"
#include "storage.h"
#include "timers.h"

#include <lua5.4/lua.h>
#include <stdbool.h>
#include <stdint.h>

struct instance;

enum callback_kind {
    /// The main part of the program: registers what follows, and has neither clock nor dice.
    CALLBACK_MAIN,
    CALLBACK_INIT,
    CALLBACK_MIGRATE,
    CALLBACK_EVENT,
    CALLBACK_TIMER,
    CALLBACK_CONFIG,
    CALLBACK_RENDER,
    /// Only puts the last good state back.
    CALLBACK_RESTORE,
};

/// What is to be done, by whom and when.
struct call {
    enum callback_kind kind;
    int64_t now;
    uint64_t seed;
    /// The event's envelope.
    struct span event;
    const struct timer *timer;
    /// The settings before the change, or those that an older version kept.
    struct span config;
    /// The state to restore or migrate.
    struct span state;
    /// The version that wrote them, unescaped.
    struct span from;
};

struct sound {
    struct span asset;
    double volume;
};

/// The callback that runs: what it may do and what it has asked for. Everything becomes true at its end, or nothing.
struct callback {
    struct instance *instance;
    enum callback_kind kind;
    int64_t now;
    uint64_t chance;
    struct timer_changes timers;
    struct storage_changes storage;
    struct sound sounds[LIMIT_SOUNDS];
    size_t sound_count;
    /// Log lines as JSON, each with a comma before it. They stay when the callback fails: they tell why.
    struct output log;
    size_t log_bytes;
    bool log_full;
    /// Storage operations and sounds that have become true, as JSON, each with a comma before it.
    struct output stored;
    struct output heard;
    /// The view that `render` drew, `[VNode…]`.
    struct output view;
};

extern struct callback callback;

/// Runs a call to its end; false when it failed, with the reason in `fault` and the instance as it was before.
///
/// An instance that could not be brought back has no Lua state any more (`lua` is NULL).
bool callback_run(struct instance *instance, const struct call *call, struct fault *fault);

/// Raises the fault in `budget.fault`; for code outside of the script's calls, where no script can catch it.
_Noreturn void callback_refuse(lua_State *lua);

/// Raises an error unless a handler runs: `name` works there alone.
void callback_require_handler(lua_State *lua, const char *name);

/// Raises an error unless a handler or render runs.
void callback_require_clock(lua_State *lua, const char *name);

/// Raises an error that names the permission and the line to add, unless the manifest declares it.
void callback_require_permission(lua_State *lua, unsigned permission);

#endif
