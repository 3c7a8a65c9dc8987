#ifndef CELL_TEXT_H
#define CELL_TEXT_H

#include <lua5.4/lua.h>

/// Pushes the table `text`: `sanitize truncate length upper lower`, which count what viewers see as one character.
void text_open(lua_State *lua);

#endif
