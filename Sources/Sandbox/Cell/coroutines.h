#ifndef CELL_COROUTINES_H
#define CELL_COROUTINES_H

#include <lua5.4/lua.h>

/// Pushes the table `coroutine`.
///
/// A new coroutine counts its instructions from nought, so each costs what it could have for nothing. Only so many run
/// inside one another: closing a long chain of them overflows the C stack of Lua 5.4.4.
void coroutines_open(lua_State *lua);

#endif
