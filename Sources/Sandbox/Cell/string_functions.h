#ifndef CELL_STRING_FUNCTIONS_H
#define CELL_STRING_FUNCTIONS_H

#include <lua5.4/lua.h>

/// Pushes the table `string`, which is also what texts have as methods. It never tells an address (`%p`), never makes
/// bytecode (`dump`) and never works longer than the budget allows.
void strings_open(lua_State *lua);

#endif
