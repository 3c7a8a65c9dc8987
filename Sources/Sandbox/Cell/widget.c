#include "widget.h"
#include "callback.h"
#include "instance.h"
#include "json.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

/// Their addresses are the keys of Lua's registry.
static const char function_places[WIDGET_FUNCTIONS];
static const char handlers_place;

bool widget_push(lua_State *lua, enum widget_function function) {
    if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &function_places[function]) == LUA_TFUNCTION) return true;
    lua_pop(lua, 1);
    return false;
}

bool widget_push_handler(lua_State *lua) {
    size_t length;
    const char *type = luaL_checklstring(lua, -1, &length);
    if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &handlers_place) != LUA_TTABLE) {
        // The program never mentions `widget`.
        lua_pop(lua, 1);
        return false;
    }
    lua_pushvalue(lua, -2);
    bool isFound = lua_rawget(lua, -2) == LUA_TFUNCTION;
    while (!isFound && length > 0) {
        lua_pop(lua, 1);
        length--;
        lua_pushlstring(lua, type, length);
        lua_pushliteral(lua, "*");
        lua_concat(lua, 2);
        isFound = lua_rawget(lua, -2) == LUA_TFUNCTION;
    }
    lua_remove(lua, -2);
    if (!isFound) lua_pop(lua, 1);
    return isFound;
}

static void check_loading(lua_State *lua, const char *name) {
    if (callback.kind == CALLBACK_MAIN) return;
    luaL_error(lua, "%s is called while main.lua loads, not in a callback", name);
}

/// Whether the manifest's pattern covers an event type, or a pattern that a handler is for.
static bool covers(struct span pattern, struct span type) {
    if (span_compare(pattern, type) == 0) return true;
    if (pattern.length == 0 || pattern.start[pattern.length - 1] != '*') return false;
    size_t length = pattern.length - 1;
    return type.length >= length && memcmp(pattern.start, type.start, length) == 0;
}

static bool is_declared(const struct instance *instance, struct span type) {
    struct json_cursor cursor = json_walk(instance->events);
    struct span key;
    struct span value;
    while (json_next(&cursor, &key, &value)) {
        if (value.length < 2) continue;
        if (covers((struct span){value.start + 1, value.length - 2}, type)) return true;
    }
    return false;
}

static int widget_on(lua_State *lua) {
    check_loading(lua, "widget.on");
    struct span type;
    type.start = luaL_checklstring(lua, 1, &type.length);
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    if (strncmp(type.start, "timer:", 6) == 0) {
        callback_require_permission(lua, PERMISSION_TIMERS);
    } else if (!is_declared(callback.instance, type)) {
        return luaL_error(lua, "widget.on(\"%s\"): add \"%s\" to \"events\" in widget.json", type.start, type.start);
    }
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &handlers_place);
    lua_pushvalue(lua, 1);
    if (lua_rawget(lua, -2) != LUA_TNIL) return luaL_error(lua, "widget.on(\"%s\") is called twice", type.start);
    lua_pop(lua, 1);
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, 2);
    lua_rawset(lua, -3);
    return 0;
}

static int widget_register(lua_State *lua) {
    const char *name = lua_tostring(lua, lua_upvalueindex(1));
    const char *place = lua_touserdata(lua, lua_upvalueindex(2));
    check_loading(lua, name);
    luaL_checktype(lua, 1, LUA_TFUNCTION);
    if (lua_rawgetp(lua, LUA_REGISTRYINDEX, place) != LUA_TNIL) return luaL_error(lua, "%s is called twice", name);
    lua_settop(lua, 1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, place);
    return 0;
}

void widget_open(lua_State *lua) {
    static const char *const names[WIDGET_FUNCTIONS] = {
        [WIDGET_INIT] = "widget.init",
        [WIDGET_CONFIG] = "widget.on_config",
        [WIDGET_MIGRATE] = "widget.migrate",
        [WIDGET_RENDER] = "widget.render",
    };
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &handlers_place);
    lua_createtable(lua, 0, WIDGET_FUNCTIONS + 1);
    for (int function = 0; function < WIDGET_FUNCTIONS; function++) {
        lua_pushstring(lua, names[function]);
        lua_pushlightuserdata(lua, (void *)&function_places[function]);
        lua_pushcclosure(lua, widget_register, 2);
        lua_setfield(lua, -2, strchr(names[function], '.') + 1);
    }
    lua_pushcfunction(lua, widget_on);
    lua_setfield(lua, -2, "on");
}
