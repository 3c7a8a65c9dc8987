#ifndef CELL_EFFECTS_H
#define CELL_EFFECTS_H

#include <lua5.4/lua.h>

/// Adds the sounds of the callback to what the host will hear of, and forgets them.
void sounds_commit(void);
void sounds_discard(void);

/// Pushes the tables `sound` and `log`.
void sounds_open(lua_State *lua);
void log_open(lua_State *lua);

/// Writes the values as one line of level `info`, separated by tabs.
int log_print(lua_State *lua);

#endif
