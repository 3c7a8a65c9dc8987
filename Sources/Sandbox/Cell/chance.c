#include "chance.h"
#include "callback.h"

#include <lua5.4/lauxlib.h>

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
static uint64_t next(void) {
    callback.chance += 0x9E3779B97F4A7C15u;
    uint64_t mixed = callback.chance;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

int chance_random(lua_State *lua) {
    callback_require_handler(lua, "random");
    int count = lua_gettop(lua);
    if (count == 0) {
        lua_pushnumber(lua, (double)(next() >> 11) * 0x1p-53);
        return 1;
    }
    lua_Integer low = count == 1 ? 1 : luaL_checkinteger(lua, 1);
    lua_Integer high = luaL_checkinteger(lua, count == 1 ? 1 : 2);
    luaL_argcheck(lua, low <= high, count == 1 ? 1 : 2, "the range is empty");
    uint64_t range = (uint64_t)high - (uint64_t)low;
    uint64_t number = next();
    if (range < UINT64_MAX) number %= range + 1;
    lua_pushinteger(lua, (lua_Integer)((uint64_t)low + number));
    return 1;
}

static int clock_now(lua_State *lua) {
    callback_require_clock(lua, "clock.now");
    lua_pushinteger(lua, callback.now);
    return 1;
}

void clock_open(lua_State *lua) {
    static const luaL_Reg functions[] = {{"now", clock_now}, {NULL, NULL}};
    luaL_newlib(lua, functions);
}
