#ifndef CELL_FAULT_H
#define CELL_FAULT_H

#include "bounds.h"
#include "output.h"

#include <lua5.4/lua.h>

/// Why a callback failed, for the author of the widget.
///
/// `kind` is one of: `error` (raised by the script), `syntax`, `instructions`, `cpu`, `memory`, `state` (cannot be
/// kept), `view` (cannot be shown), `size` (the answer is too long), `request` (the host asked for what cannot be).
struct fault {
    const char *kind;
    char message[LIMIT_ERROR_TEXT + 1];
    char traceback[LIMIT_TRACEBACK + 1];
};

/// Forgets the last fault and notes this one, without a traceback.
void fault_set(struct fault *fault, const char *kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

/// Notes a script's error value; never calls into the script (its `__tostring` could be the next trap).
void fault_from_value(struct fault *fault, lua_State *lua, int index);

/// Notes where the script stands, at most LIMIT_TRACEBACK_LEVELS levels.
///
/// Allocates nothing and changes nothing, so that it may be asked when there is no memory left.
void fault_trace(struct fault *fault, lua_State *lua, int level);

/// Adds `{"kind":…,"message":…,"traceback":…}`.
void fault_write(const struct fault *fault, struct output *output);

#endif
