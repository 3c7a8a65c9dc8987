#include "coroutines.h"
#include "budget.h"
#include "environment.h"
#include "bounds.h"

#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>

static lua_State *check_coroutine(lua_State *lua) {
    lua_State *other = lua_tothread(lua, 1);
    luaL_argexpected(lua, other, 1, "coroutine");
    return other;
}

static void enter(lua_State *lua, lua_State *other) {
    budget_charge(lua, 10);
    if (budget.nested == LIMIT_COROUTINES_NESTED) {
        luaL_error(lua, "more than %d coroutines inside one another", LIMIT_COROUTINES_NESTED);
    }
    budget.nested++;
    budget.running = other;
}

static void leave(lua_State *lua) {
    budget.nested--;
    budget.running = lua;
}

/// Resumes with the topmost values; leaves what came back, or the error, and says how many values (-1: an error).
static int resume(lua_State *lua, lua_State *other, int arguments) {
    if (lua_status(other) == LUA_OK && lua_gettop(other) == 0) {
        lua_pushliteral(lua, "cannot resume dead coroutine");
        return -1;
    }
    if (!lua_checkstack(other, arguments)) {
        lua_pushliteral(lua, "too many arguments to resume");
        return -1;
    }
    enter(lua, other);
    lua_xmove(lua, other, arguments);
    int results = 0;
    int status = lua_resume(other, lua, arguments, &results);
    leave(lua);
    if (status != LUA_OK && status != LUA_YIELD) {
        // The coroutine keeps its error too, which closing it tells again.
        lua_pushvalue(other, -1);
        lua_xmove(other, lua, 1);
        return -1;
    }
    if (!lua_checkstack(lua, results + 1)) {
        lua_pop(other, results);
        lua_pushliteral(lua, "too many results to resume");
        return -1;
    }
    lua_xmove(other, lua, results);
    return results;
}

static int close_coroutine(lua_State *lua, lua_State *other) {
    enter(lua, other);
    int status = lua_resetthread(other);
    leave(lua);
    return status;
}

static int coroutine_create(lua_State *lua) {
    luaL_checktype(lua, 1, LUA_TFUNCTION);
    budget_charge(lua, BUDGET_PERIOD);
    lua_State *other = lua_newthread(lua);
    lua_pushvalue(lua, 1);
    lua_xmove(lua, other, 1);
    return 1;
}

static int coroutine_resume(lua_State *lua) {
    lua_State *other = check_coroutine(lua);
    int results = resume(lua, other, lua_gettop(lua) - 1);
    lua_pushboolean(lua, results >= 0);
    lua_insert(lua, results >= 0 ? -(results + 1) : -2);
    return results >= 0 ? results + 1 : 2;
}

static int wrapped(lua_State *lua) {
    lua_State *other = lua_tothread(lua, lua_upvalueindex(1));
    int results = resume(lua, other, lua_gettop(lua));
    if (results >= 0) return results;
    int status = lua_status(other);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_pop(lua, 1);
        close_coroutine(lua, other);
        lua_xmove(other, lua, 1);
    }
    if (lua_type(lua, -1) == LUA_TSTRING) {
        luaL_where(lua, 1);
        lua_insert(lua, -2);
        lua_concat(lua, 2);
    }
    return lua_error(lua);
}

static int coroutine_wrap(lua_State *lua) {
    coroutine_create(lua);
    lua_pushcclosure(lua, wrapped, 1);
    return 1;
}

static int coroutine_close(lua_State *lua) {
    lua_State *other = check_coroutine(lua);
    lua_Debug entry;
    bool isSuspended = lua_status(other) == LUA_YIELD;
    bool hasEnded = lua_status(other) == LUA_OK && lua_getstack(other, 0, &entry) == 0;
    if (other == lua || (!isSuspended && !hasEnded && lua_status(other) == LUA_OK)) {
        return luaL_error(lua, "cannot close a running coroutine");
    }
    if (close_coroutine(lua, other) == LUA_OK) {
        lua_pushboolean(lua, 1);
        return 1;
    }
    lua_pushboolean(lua, 0);
    lua_xmove(other, lua, 1);
    return 2;
}

void coroutines_open(lua_State *lua) {
    static const char *const names[] = {"isyieldable", "running", "status", "yield", NULL};
    static const luaL_Reg functions[] = {
        {"close", coroutine_close},   {"create", coroutine_create}, {"resume", coroutine_resume},
        {"wrap", coroutine_wrap},     {NULL, NULL},
    };
    lua_newtable(lua);
    lua_pushcfunction(lua, luaopen_coroutine);
    lua_call(lua, 0, 1);
    environment_copy(lua, names);
    lua_pop(lua, 1);
    luaL_setfuncs(lua, functions, 0);
}
