#include "locale.h"
#include "budget.h"
#include "environment.h"
#include "instance.h"
#include "json.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

static const char texts_place;

/// Adds the value named between the braces; false where there is none.
static bool add_argument(lua_State *lua, luaL_Buffer *whole, struct span name) {
    if (!lua_istable(lua, 2)) return false;
    lua_pushlstring(lua, name.start, name.length);
    if (lua_rawget(lua, 2) == LUA_TNIL) {
        lua_pop(lua, 1);
        return false;
    }
    environment_text(lua, -1, NULL);
    lua_remove(lua, -2);
    luaL_addvalue(whole);
    return true;
}

static int locale_text(lua_State *lua) {
    luaL_checkstring(lua, 1);
    if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TTABLE);
    lua_settop(lua, 2);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &texts_place);
    lua_pushvalue(lua, 1);
    if (lua_rawget(lua, 3) != LUA_TSTRING) {
        lua_settop(lua, 1);
        return 1;
    }
    struct span text;
    text.start = lua_tolstring(lua, -1, &text.length);
    budget_charge(lua, text.length / 4 + 1);
    const char *end = text.start + text.length;
    luaL_Buffer whole;
    luaL_buffinit(lua, &whole);
    for (const char *at = text.start; at < end;) {
        const char *open = memchr(at, '{', (size_t)(end - at));
        const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
        luaL_addlstring(&whole, at, (size_t)((close ? open : end) - at));
        if (close == NULL) break;
        struct span name = {open + 1, (size_t)(close - open) - 1};
        if (!add_argument(lua, &whole, name)) luaL_addlstring(&whole, open, (size_t)(close + 1 - open));
        at = close + 1;
    }
    luaL_pushresult(&whole);
    return 1;
}

void locale_open(lua_State *lua) {
    struct span texts = instance_of(lua)->locale;
    json_decode(lua, texts.length > 0 && *texts.start == '{' ? texts : (struct span){"{}", 2});
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &texts_place);
    static const luaL_Reg functions[] = {{"t", locale_text}, {NULL, NULL}};
    luaL_newlib(lua, functions);
}
