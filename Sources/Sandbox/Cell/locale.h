#ifndef CELL_LOCALE_H
#define CELL_LOCALE_H

#include <lua5.4/lua.h>

/// Pushes the table `locale`: `t(key, args?)`, the package's text for the key with `{name}` filled in, or the key.
void locale_open(lua_State *lua);

#endif
