#include "tables.h"
#include "budget.h"
#include "bounds.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

static lua_Integer length_of(lua_State *lua, int index) {
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_Integer length = (lua_Integer)lua_rawlen(lua, index);
    if (length > LIMIT_LIST) luaL_error(lua, "the list has more than %d items", LIMIT_LIST);
    return length;
}

static int table_insert(lua_State *lua) {
    lua_Integer length = length_of(lua, 1);
    if (lua_gettop(lua) == 2) {
        lua_rawseti(lua, 1, length + 1);
        return 0;
    }
    if (lua_gettop(lua) != 3) return luaL_error(lua, "wrong number of arguments to 'insert'");
    lua_Integer place = luaL_checkinteger(lua, 2);
    luaL_argcheck(lua, place >= 1 && place <= length + 1, 2, "position out of bounds");
    budget_charge(lua, (size_t)(length + 1 - place) + 1);
    for (lua_Integer at = length; at >= place; at--) {
        lua_rawgeti(lua, 1, at);
        lua_rawseti(lua, 1, at + 1);
    }
    lua_rawseti(lua, 1, place);
    return 0;
}

static int table_remove(lua_State *lua) {
    lua_Integer length = length_of(lua, 1);
    lua_Integer place = luaL_optinteger(lua, 2, length);
    if (lua_gettop(lua) > 1 && !lua_isnil(lua, 2)) {
        bool isInside = (place >= 1 && place <= length + 1) || (length == 0 && place == 0);
        luaL_argcheck(lua, isInside, 2, "position out of bounds");
    }
    lua_rawgeti(lua, 1, place);
    if (place < length) budget_charge(lua, (size_t)(length - place) + 1);
    for (lua_Integer at = place; at < length; at++) {
        lua_rawgeti(lua, 1, at + 1);
        lua_rawseti(lua, 1, at);
    }
    if (place <= length) {
        lua_pushnil(lua);
        lua_rawseti(lua, 1, length > place ? length : place);
    }
    return 1;
}

/// How many items stand from first to last; raises an error beyond what a list may hold.
static lua_Integer count_range(lua_State *lua, lua_Integer first, lua_Integer last, int argument) {
    if (first > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
    luaL_argcheck(lua, count < LIMIT_LIST, argument, "more than 1000000 items");
    return (lua_Integer)count + 1;
}

static int table_concat(lua_State *lua) {
    lua_Integer last = length_of(lua, 1);
    size_t gap_length;
    const char *gap = luaL_optlstring(lua, 2, "", &gap_length);
    lua_Integer first = luaL_optinteger(lua, 3, 1);
    last = luaL_optinteger(lua, 4, last);
    lua_Integer count = count_range(lua, first, last, 4);
    budget_charge(lua, (size_t)count + 1);
    luaL_Buffer whole;
    luaL_buffinit(lua, &whole);
    for (lua_Integer index = 0; index < count; index++) {
        if (index > 0) luaL_addlstring(&whole, gap, gap_length);
        int type = lua_rawgeti(lua, 1, first + index);
        if (type != LUA_TSTRING && type != LUA_TNUMBER) {
            return luaL_error(lua, "the item at place %I is a %s: concat takes texts and numbers",
                              (LUAI_UACINT)(first + index), lua_typename(lua, type));
        }
        budget_charge(lua, (gap_length + (type == LUA_TSTRING ? lua_rawlen(lua, -1) : 8)) / 16);
        luaL_addvalue(&whole);
    }
    luaL_pushresult(&whole);
    return 1;
}

static int table_unpack(lua_State *lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_Integer first = luaL_optinteger(lua, 2, 1);
    lua_Integer last = luaL_optinteger(lua, 3, (lua_Integer)lua_rawlen(lua, 1));
    lua_Integer count = count_range(lua, first, last, 3);
    if (count > 8000 || !lua_checkstack(lua, (int)count)) return luaL_error(lua, "too many results to unpack");
    budget_charge(lua, (size_t)count + 1);
    for (lua_Integer index = 0; index < count; index++) lua_rawgeti(lua, 1, first + index);
    return (int)count;
}

static int table_pack(lua_State *lua) {
    int count = lua_gettop(lua);
    lua_createtable(lua, count, 1);
    lua_insert(lua, 1);
    for (int place = count; place >= 1; place--) lua_rawseti(lua, 1, place);
    lua_pushinteger(lua, count);
    lua_setfield(lua, 1, "n");
    return 1;
}

static int table_move(lua_State *lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_Integer first = luaL_checkinteger(lua, 2);
    lua_Integer last = luaL_checkinteger(lua, 3);
    lua_Integer target = luaL_checkinteger(lua, 4);
    int into = lua_isnoneornil(lua, 5) ? 1 : 5;
    luaL_checktype(lua, into, LUA_TTABLE);
    lua_Integer count = count_range(lua, first, last, 3);
    luaL_argcheck(lua, count == 0 || target <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    budget_charge(lua, (size_t)count * 2 + 1);
    // From the end where the places overlap and move up.
    bool isBackwards = into == 1 && target > first;
    for (lua_Integer step = 0; step < count; step++) {
        lua_Integer index = isBackwards ? count - 1 - step : step;
        lua_rawgeti(lua, 1, first + index);
        lua_rawseti(lua, into, target + index);
    }
    lua_pushvalue(lua, into);
    return 1;
}

/// Whether the value at `left` goes before the one at `right`.
static bool goes_before(lua_State *lua, int left, int right) {
    if (lua_isnoneornil(lua, 2)) {
        bool areTexts = lua_type(lua, left) == LUA_TSTRING && lua_type(lua, right) == LUA_TSTRING;
        budget_charge(lua, areTexts ? 2 + lua_rawlen(lua, left) / 8 : 2);
        return lua_compare(lua, left, right, LUA_OPLT);
    }
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, left < 0 ? left - 1 : left);
    lua_pushvalue(lua, right < 0 ? right - 2 : right);
    lua_call(lua, 2, 1);
    bool isBefore = lua_toboolean(lua, -1);
    lua_pop(lua, 1);
    return isBefore;
}

/// Merges two sorted neighbours of table 1 through table 3.
static void merge(lua_State *lua, lua_Integer first, lua_Integer middle, lua_Integer end) {
    lua_Integer left = first;
    lua_Integer right = middle;
    for (lua_Integer place = first; place < end; place++) {
        bool takesRight = left == middle;
        if (!takesRight && right < end) {
            lua_rawgeti(lua, 1, right);
            lua_rawgeti(lua, 1, left);
            // Only what really goes before overtakes: equals stay in their order.
            takesRight = goes_before(lua, -2, -1);
            lua_pop(lua, 2);
        }
        lua_rawgeti(lua, 1, takesRight ? right++ : left++);
        lua_rawseti(lua, 3, place);
    }
    for (lua_Integer place = first; place < end; place++) {
        lua_rawgeti(lua, 3, place);
        lua_rawseti(lua, 1, place);
    }
    budget_charge(lua, (size_t)(end - first));
}

/// A stable merge sort: Lua's own takes the clock to choose a pivot, and so an order of equals.
static int table_sort(lua_State *lua) {
    lua_Integer length = length_of(lua, 1);
    if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
    lua_settop(lua, 2);
    budget_charge(lua, (size_t)length);
    lua_createtable(lua, (int)length, 0);
    for (lua_Integer width = 1; width < length; width *= 2) {
        for (lua_Integer first = 1; first + width <= length; first += 2 * width) {
            lua_Integer end = first + 2 * width;
            merge(lua, first, first + width, end <= length ? end : length + 1);
        }
    }
    return 0;
}

void tables_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"concat", table_concat}, {"insert", table_insert}, {"move", table_move},     {"pack", table_pack},
        {"remove", table_remove}, {"sort", table_sort},     {"unpack", table_unpack}, {NULL, NULL},
    };
    luaL_newlib(lua, functions);
}
