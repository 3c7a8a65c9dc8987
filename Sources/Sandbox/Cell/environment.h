#ifndef CELL_ENVIRONMENT_H
#define CELL_ENVIRONMENT_H

#include <lua5.4/lua.h>

/// Builds the globals, compiles main.lua and runs it; raises an error where that fails.
void environment_run_main(lua_State *lua);

/// Pushes the value as text, as `tostring` does, and returns it. Addresses never show: they would differ from run to
/// run, and tell an attacker where things are.
const char *environment_text(lua_State *lua, int index, size_t *length);

/// Copies functions by name from the table on top of the stack to the one below it.
void environment_copy(lua_State *lua, const char *const *names);

/// Wraps functions by name in the table on top of the stack, so that they are charged by the length of their texts.
void environment_charge(lua_State *lua, const char *const *names);

#endif
