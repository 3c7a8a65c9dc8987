#ifndef CELL_VIEW_H
#define CELL_VIEW_H

#include "output.h"

#include <lua5.4/lua.h>

// What `ui.TAG{…}` makes and how it becomes `[VNode…]` of the overlay protocol: `"text" | [tag, props|0, …VNode]` with
// props `{k?, source?, class?, style?: {property: value}, attribute: value}`. `source` is for the host alone, which
// takes it out. The host checks everything again; here it is checked so that the author is told where.

/// Pushes the table `ui`.
void view_open(lua_State *lua);

/// Writes what `render` returned; raises a fault of kind `view` where it cannot be shown.
void view_encode(lua_State *lua, int index, struct output *output);

/// The tag of a value made by `ui.TAG`, or NULL.
const char *view_tag(lua_State *lua, int index);

#endif
