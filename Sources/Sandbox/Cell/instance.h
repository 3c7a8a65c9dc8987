#ifndef CELL_INSTANCE_H
#define CELL_INSTANCE_H

#include "fault.h"
#include "heap.h"
#include "storage.h"
#include "timers.h"

#include <lua5.4/lua.h>
#include <stdbool.h>
#include <stdint.h>

enum permission { PERMISSION_STORAGE = 1, PERMISSION_TIMERS = 2, PERMISSION_SOUND = 4 };

/// A widget on a layout: its program, its Lua state, and what survives that state.
struct instance {
    struct instance *next;
    uint16_t number;
    struct heap heap;
    lua_State *lua;
    /// What it was loaded with: unescaped texts, then JSON.
    struct span id;
    struct span version;
    struct span files;
    struct span locale;
    struct span events;
    unsigned permissions;
    /// JSON: the settings, and the last good state.
    struct span config;
    struct output state;
    struct timers timers;
    struct storage storage;
    /// The clock of the last callback, which `render` sees.
    int64_t now;
};

/// The instance that a Lua state belongs to.
struct instance *instance_of(lua_State *lua);

/// Makes the Lua state and runs the program; false with the reason in `fault`, and no Lua state.
bool instance_start(struct instance *instance, struct fault *fault);

/// Throws the Lua state away, whatever has happened to it.
void instance_stop(struct instance *instance);

/// Gives everything back.
void instance_free(struct instance *instance);

/// Copies a span over one that the instance owns.
void instance_keep(struct span *kept, struct span span);

/// The unescaped text of a file of the package; false where there is none. `text` keeps it until the next call.
bool instance_file(const struct instance *instance, struct span name, struct output *text);

#endif
