#ifndef CELL_CHANCE_H
#define CELL_CHANCE_H

#include <lua5.4/lua.h>

/// `random()`, `random(m)`, `random(m, n)`: SplitMix64, begun anew in every callback from the event's seed, so that a
/// replay throws the same dice.
int chance_random(lua_State *lua);

/// Pushes the table `clock`.
void clock_open(lua_State *lua);

#endif
