#ifndef CELL_TABLES_H
#define CELL_TABLES_H

#include <lua5.4/lua.h>

/// Pushes the table `table`: our own functions, which ask no metatable (a `__len` of 2^62 would keep them busy for
/// ever), charge for what they move, and sort in one way only.
void tables_open(lua_State *lua);

#endif
