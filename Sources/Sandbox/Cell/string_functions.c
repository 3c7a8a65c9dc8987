#include "string_functions.h"
#include "budget.h"
#include "environment.h"
#include "bounds.h"
#include "patterns.h"

#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>
#include <string.h>

static int string_rep(lua_State *lua) {
    size_t length;
    const char *text = luaL_checklstring(lua, 1, &length);
    lua_Integer count = luaL_checkinteger(lua, 2);
    size_t gap_length;
    const char *gap = luaL_optlstring(lua, 3, "", &gap_length);
    if (count <= 0 || length + gap_length == 0) {
        lua_pushliteral(lua, "");
        return 1;
    }
    if ((lua_Unsigned)count > LIMIT_HEAP / (length + gap_length)) return luaL_error(lua, "resulting string too large");
    size_t whole = length * (size_t)count + gap_length * (size_t)(count - 1);
    budget_charge(lua, whole / 16 + (size_t)count / 4 + 1);
    luaL_Buffer buffer;
    char *at = luaL_buffinitsize(lua, &buffer, whole);
    for (lua_Integer index = 0; index < count; index++) {
        if (index > 0) {
            memcpy(at, gap, gap_length);
            at += gap_length;
        }
        memcpy(at, text, length);
        at += length;
    }
    luaL_pushresultsize(&buffer, whole);
    return 1;
}

/// Lua's own function, after values that would show an address have become texts. Upvalue: that function.
static int string_format(lua_State *lua) {
    size_t length;
    const char *format = luaL_checklstring(lua, 1, &length);
    size_t cost = length / 4;
    int argument = 1;
    int count = lua_gettop(lua);
    for (size_t at = 0; at < length; at++) {
        if (format[at] != '%') continue;
        if (++at < length && format[at] == '%') continue;
        argument++;
        while (at < length && format[at] != 0 && strchr("-+ #0123456789.", format[at])) at++;
        if (at >= length || argument > count) break;
        if (format[at] == 'p') return luaL_error(lua, "string.format does not tell addresses (%%p)");
        cost += 20;
        if (format[at] == 'q' && lua_type(lua, argument) == LUA_TSTRING) cost += lua_rawlen(lua, argument);
        if (format[at] != 's') continue;
        size_t shown;
        environment_text(lua, argument, &shown);
        lua_replace(lua, argument);
        cost += shown / 4;
    }
    for (; argument < count; argument++) cost += 1;
    budget_charge(lua, cost);
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/// Lua's own function, at the price of what it takes out of a text: a walk through one must not cost its square.
static int taken(lua_State *lua) {
    int results = lua_tocfunction(lua, lua_upvalueindex(1))(lua);
    size_t cost = 1 + (size_t)results / 4;
    if (results > 0 && lua_type(lua, -1) == LUA_TSTRING) cost += lua_rawlen(lua, -1) / 4;
    budget_charge(lua, cost);
    return results;
}

void strings_open(lua_State *lua) {
    static const char *const names[] = {"byte",   "char",     "format",  "len",  "lower",
                                        "upper", "reverse", "pack", "packsize", "unpack", "sub", NULL};
    static const char *const charges[] = {"lower", "upper", "reverse", "pack", "packsize", "unpack", NULL};
    static const char *const parts[] = {"byte", "sub", NULL};
    lua_newtable(lua);
    lua_pushcfunction(lua, luaopen_string);
    lua_call(lua, 0, 1);
    environment_copy(lua, names);
    lua_pop(lua, 1);
    environment_charge(lua, charges);
    for (const char *const *part = parts; *part; part++) {
        lua_getfield(lua, -1, *part);
        lua_pushcclosure(lua, taken, 1);
        lua_setfield(lua, -2, *part);
    }
    lua_getfield(lua, -1, "format");
    lua_pushcclosure(lua, string_format, 1);
    lua_setfield(lua, -2, "format");
    lua_pushcfunction(lua, string_rep);
    lua_setfield(lua, -2, "rep");
    patterns_open(lua);

    // Opening the library gave texts a metatable; what a script may reach through it is our table.
    lua_pushliteral(lua, "");
    lua_getmetatable(lua, -1);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 2);
}
