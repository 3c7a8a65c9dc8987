#ifndef CELL_FORMAT_H
#define CELL_FORMAT_H

#include <lua5.4/lua.h>

/// Pushes the table `format`: `number money percent compact duration date time relative`, by English rules and in UTC.
void format_open(lua_State *lua);

#endif
