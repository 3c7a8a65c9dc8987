#include "environment.h"
#include "basics.h"
#include "budget.h"
#include "callback.h"
#include "chance.h"
#include "coroutines.h"
#include "effects.h"
#include "format.h"
#include "instance.h"
#include "locale.h"
#include "storage.h"
#include "string_functions.h"
#include "tables.h"
#include "text.h"
#include "timers.h"
#include "view.h"
#include "widget.h"

#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>
#include <string.h>

void environment_copy(lua_State *lua, const char *const *names) {
    for (; *names; names++) {
        lua_getfield(lua, -1, *names);
        lua_setfield(lua, -3, *names);
    }
}

/// A function of Lua's own in our frame, after its price: an instruction for every 4 bytes of text it is given.
static int charged(lua_State *lua) {
    size_t cost = 1;
    for (int index = lua_gettop(lua); index > 0; index--) {
        if (lua_type(lua, index) == LUA_TSTRING) cost += lua_rawlen(lua, index) / 4;
    }
    budget_charge(lua, cost);
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

void environment_charge(lua_State *lua, const char *const *names) {
    for (; *names; names++) {
        lua_getfield(lua, -1, *names);
        lua_pushcclosure(lua, charged, 1);
        lua_setfield(lua, -2, *names);
    }
}

/// Makes a table of some of a library's functions; the library itself is left to the collector.
static void open_part(lua_State *lua, lua_CFunction library, const char *const *names, const char *const *charges) {
    lua_newtable(lua);
    lua_pushcfunction(lua, library);
    lua_call(lua, 0, 1);
    environment_copy(lua, names);
    lua_pop(lua, 1);
    environment_charge(lua, charges);
}

static void open_math(lua_State *lua) {
    static const char *const names[] = {"abs",  "ceil", "cos", "deg",        "exp", "floor",     "fmod", "huge", "log",
                                        "max",  "maxinteger",  "min", "mininteger", "modf", "pi", "rad",  "sin",
                                        "sqrt", "tan",  "tointeger", "type", "ult", "acos", "asin", "atan", NULL};
    static const char *const charges[] = {NULL};
    open_part(lua, luaopen_math, names, charges);
    lua_pushcfunction(lua, chance_random);
    lua_setfield(lua, -2, "random");
}

static void open_utf8(lua_State *lua) {
    static const char *const names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};
    static const char *const charges[] = {"codepoint", "len", "offset", NULL};
    open_part(lua, luaopen_utf8, names, charges);
}

static void open_base(lua_State *lua) {
    static const char *const names[] = {"assert", "error",  "getmetatable", "ipairs", "pcall",    "rawequal", "rawget",
                                        "rawlen", "rawset", "select",       "type",   "tonumber", "xpcall",   NULL};
    static const char *const charges[] = {"tonumber", NULL};
    open_part(lua, luaopen_base, names, charges);
    basics_open(lua);
}

static const struct {
    const char *name;
    void (*open)(lua_State *);
} parts[] = {
    {"table", tables_open},   {"math", open_math},     {"ui", view_open},        {"widget", widget_open},
    {"clock", clock_open},    {"timer", timers_open},  {"storage", storage_open}, {"text", text_open},
    {"format", format_open},  {"log", log_open},       {"sound", sounds_open},   {"locale", locale_open},
    {"utf8", open_utf8},      {"coroutine", coroutines_open},
};

/// Makes a part of the language when it is first asked for: few widgets use all, and every instance would carry it.
static int open_global(lua_State *lua) {
    const char *name = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "";
    for (size_t index = 0; index < sizeof parts / sizeof *parts; index++) {
        if (strcmp(parts[index].name, name) != 0) continue;
        lua_settop(lua, 2);
        parts[index].open(lua);
        lua_pushvalue(lua, 2);
        lua_pushvalue(lua, 3);
        lua_rawset(lua, 1);
        return 1;
    }
    lua_pushnil(lua);
    return 1;
}

/// What a handler kept in a global would be lost at a restart, and the picture would be another.
static int refuse_global(lua_State *lua) {
    if (callback.kind == CALLBACK_MAIN) {
        lua_rawset(lua, 1);
        return 0;
    }
    return luaL_error(lua, "'%s' is not declared: write local before it, or keep it in the state",
                      lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "?");
}

static void open_all(lua_State *lua) {
    open_base(lua);
    strings_open(lua);
    lua_setfield(lua, -2, "string");
    lua_pushcfunction(lua, chance_random);
    lua_setfield(lua, -2, "random");
    lua_pushvalue(lua, -1);
    lua_setfield(lua, -2, "_G");
    lua_createtable(lua, 0, 3);
    lua_pushcfunction(lua, open_global);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, refuse_global);
    lua_setfield(lua, -2, "__newindex");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void environment_run_main(lua_State *lua) {
    open_all(lua);
    if (!basics_compile(lua, (struct span){"main", 4})) {
        fault_set(&budget.fault, "error", "the package has no main.lua");
        callback_refuse(lua);
    }
    lua_call(lua, 0, 0);
    lua_gc(lua, LUA_GCCOLLECT);
}
