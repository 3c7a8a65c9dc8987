#ifndef CELL_BASICS_H
#define CELL_BASICS_H

#include "output.h"

#include <lua5.4/lua.h>
#include <stdbool.h>

/// Adds our own `pairs`, `print`, `require`, `setmetatable` and `tostring` to the table on top of the stack.
void basics_open(lua_State *lua);

/// Compiles the file `<name>.lua` of the package and pushes it; false where there is no such file. A syntax error ends
/// the loading. Only text is compiled: bytecode could do anything.
bool basics_compile(lua_State *lua, struct span name);

#endif
