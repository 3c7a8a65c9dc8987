#include "basics.h"
#include "budget.h"
#include "callback.h"
#include "effects.h"
#include "environment.h"
#include "instance.h"
#include "keys.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

static const char modules_place;

const char *environment_text(lua_State *lua, int index, size_t *length) {
    index = lua_absindex(lua, index);
    luaL_checkany(lua, index);
    int type = lua_type(lua, index);
    if (luaL_callmeta(lua, index, "__tostring")) {
        if (!lua_isstring(lua, -1)) luaL_error(lua, "'__tostring' must return a text");
    } else if (type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN || type == LUA_TNIL) {
        luaL_tolstring(lua, index, NULL);
    } else {
        lua_pushstring(lua, luaL_typename(lua, index));
    }
    return lua_tolstring(lua, -1, length);
}

static int basic_tostring(lua_State *lua) {
    environment_text(lua, 1, NULL);
    return 1;
}

/// Upvalues: the table, how many of 1…n it had, the other keys in order, and how far the walk has come.
static int pairs_step(lua_State *lua) {
    lua_Integer border = lua_tointeger(lua, lua_upvalueindex(2));
    lua_Integer place = lua_tointeger(lua, lua_upvalueindex(4));
    for (;;) {
        place++;
        if (place <= border) {
            lua_pushinteger(lua, place);
        } else if (lua_isnil(lua, lua_upvalueindex(3)) ||
                   lua_rawgeti(lua, lua_upvalueindex(3), place - border) == LUA_TNIL) {
            lua_pushnil(lua);
            return 1;
        }
        lua_pushvalue(lua, -1);
        if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL) break;
        // Taken out since the walk began.
        lua_pop(lua, 2);
        budget_charge(lua, 1);
    }
    lua_pushinteger(lua, place);
    lua_replace(lua, lua_upvalueindex(4));
    return 2;
}

static int basic_pairs(lua_State *lua) {
    luaL_checkany(lua, 1);
    if (luaL_getmetafield(lua, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(lua, 1);
        lua_call(lua, 1, 3);
        return 3;
    }
    luaL_checktype(lua, 1, LUA_TTABLE);
    struct key_list keys;
    const char *wrong = keys_collect(lua, 1, LIMIT_LIST, &keys);
    if (wrong) return luaL_error(lua, "pairs: the table %s", wrong);
    size_t cost = keys.border / 2 + keys.count * 12;
    bool hasOthers = keys.count > 0;
    lua_Integer border = (lua_Integer)keys.border;
    keys_push_all(lua, &keys);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, border);
    lua_rotate(lua, -3, 2);
    if (!hasOthers) {
        lua_pushnil(lua);
        lua_replace(lua, -2);
    }
    budget_charge(lua, cost);
    lua_pushinteger(lua, 0);
    lua_pushcclosure(lua, pairs_step, 4);
    return 1;
}

static bool has_member(lua_State *lua, int table, const char *name) {
    lua_pushstring(lua, name);
    bool isThere = lua_rawget(lua, table) != LUA_TNIL;
    lua_pop(lua, 1);
    return isThere;
}

/// Without finalisers, which nothing can stop, and without weak tables, which show when the collector runs.
static int basic_setmetatable(lua_State *lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    int type = lua_type(lua, 2);
    luaL_argexpected(lua, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(lua, 1, "__metatable") != LUA_TNIL) {
        return luaL_error(lua, "cannot change a protected metatable");
    }
    lua_settop(lua, 2);
    if (type == LUA_TTABLE) {
        if (has_member(lua, 2, "__gc")) return luaL_error(lua, "finalisers (__gc) do not work here");
        if (has_member(lua, 2, "__mode")) return luaL_error(lua, "weak tables (__mode) do not work here");
    }
    lua_setmetatable(lua, 1);
    return 1;
}

bool basics_compile(lua_State *lua, struct span name) {
    static struct output text;
    lua_pushlstring(lua, name.start, name.length);
    lua_pushliteral(lua, ".lua");
    lua_concat(lua, 2);
    struct span file;
    file.start = lua_tolstring(lua, -1, &file.length);
    if (!instance_file(callback.instance, file, &text)) {
        lua_pop(lua, 1);
        return false;
    }
    budget_charge(lua, text.length / 8);
    lua_pushfstring(lua, "@%s", file.start);
    // An empty file is a program that does nothing.
    if (luaL_loadbufferx(lua, text.bytes ? text.bytes : "", text.length, lua_tostring(lua, -1), "t") != LUA_OK) {
        fault_from_value(&budget.fault, lua, -1);
        budget.fault.kind = "syntax";
        callback_refuse(lua);
    }
    output_trim(&text, 16 * 1024);
    lua_replace(lua, -3);
    lua_pop(lua, 1);
    return true;
}

/// `require "name"`: a file of the package, run once, while main.lua loads.
static int basic_require(lua_State *lua) {
    struct span name;
    name.start = luaL_checklstring(lua, 1, &name.length);
    lua_settop(lua, 1);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &modules_place);
    lua_pushvalue(lua, 1);
    int type = lua_rawget(lua, 2);
    if (type == LUA_TLIGHTUSERDATA) return luaL_error(lua, "'%s' requires itself", name.start);
    if (type != LUA_TNIL) return 1;
    lua_pop(lua, 1);
    if (callback.kind != CALLBACK_MAIN) return luaL_error(lua, "require works while main.lua loads, not in a callback");
    lua_pushvalue(lua, 1);
    lua_pushlightuserdata(lua, (void *)&modules_place);
    lua_rawset(lua, 2);
    if (!basics_compile(lua, name)) return luaL_error(lua, "the package has no file %s.lua", name.start);
    lua_pushvalue(lua, 1);
    lua_call(lua, 1, 1);
    if (lua_isnil(lua, -1)) {
        lua_pushboolean(lua, 1);
        lua_replace(lua, -2);
    }
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 2);
    return 1;
}

void basics_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"pairs", basic_pairs},
        {"print", log_print},
        {"require", basic_require},
        {"setmetatable", basic_setmetatable},
        {"tostring", basic_tostring},
        {NULL, NULL},
    };
    luaL_setfuncs(lua, functions, 0);
    lua_pushliteral(lua, LUA_VERSION);
    lua_setfield(lua, -2, "_VERSION");
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &modules_place);
}
