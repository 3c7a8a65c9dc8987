#ifndef CELL_PATTERNS_H
#define CELL_PATTERNS_H

#include <lua5.4/lua.h>

/// Adds `find`, `match`, `gmatch` and `gsub` to the table on top of the stack.
///
/// They are as the Lua manual describes patterns (section 6.4.1), but every step of the search is charged: the stock
/// ones can backtrack for ever without the count hook being asked.
void patterns_open(lua_State *lua);

#endif
