#ifndef CELL_WIDGET_H
#define CELL_WIDGET_H

#include <lua5.4/lua.h>
#include <stdbool.h>

/// What a program registers once.
enum widget_function { WIDGET_INIT, WIDGET_CONFIG, WIDGET_MIGRATE, WIDGET_RENDER, WIDGET_FUNCTIONS };

/// Pushes the function; false, and nothing pushed, where the program has not registered it.
bool widget_push(lua_State *lua, enum widget_function function);

/// Pushes the handler for the event type on top of the stack (and leaves the type); the exact type goes before the
/// longest pattern that ends in `*`. False, and nothing pushed, where there is none.
bool widget_push_handler(lua_State *lua);

/// Pushes the table `widget`.
void widget_open(lua_State *lua);

#endif
