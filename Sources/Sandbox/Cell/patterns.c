#define _GNU_SOURCE
#include "patterns.h"
#include "budget.h"
#include "matcher.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

static struct span check_text(lua_State *lua, int index) {
    struct span text;
    text.start = luaL_checklstring(lua, index, &text.length);
    return text;
}

/// The place from which to search, from 0; beyond the end it is the length plus 1.
static size_t check_start(lua_State *lua, int index, size_t length) {
    lua_Integer start = luaL_optinteger(lua, index, 1);
    if (start > 0) return (lua_Unsigned)start - 1 > length ? length + 1 : (size_t)start - 1;
    if (start == 0 || start < -(lua_Integer)length) return 0;
    return length + (size_t)start;
}

static bool is_plain(struct span pattern) {
    for (size_t index = 0; index < pattern.length; index++) {
        if (pattern.start[index] != 0 && strchr("^$*+?.([%-", pattern.start[index])) return false;
    }
    return true;
}

static int find_plain(lua_State *lua, struct span text, struct span word, size_t start) {
    budget_charge(lua, (text.length - start + word.length) / 4 + 1);
    const char *from = text.start + start;
    const char *found = word.length == 0 ? from : memmem(from, text.length - start, word.start, word.length);
    if (found == NULL) {
        lua_pushnil(lua);
        return 1;
    }
    lua_pushinteger(lua, found - text.start + 1);
    lua_pushinteger(lua, found - text.start + (lua_Integer)word.length);
    return 2;
}

static int search(lua_State *lua, bool tellsPlace) {
    struct span text = check_text(lua, 1);
    struct span pattern = check_text(lua, 2);
    size_t start = check_start(lua, 3, text.length);
    if (start > text.length) {
        lua_pushnil(lua);
        return 1;
    }
    if (tellsPlace && (lua_toboolean(lua, 4) || is_plain(pattern))) return find_plain(lua, text, pattern, start);
    bool isAnchored = pattern.length > 0 && *pattern.start == '^';
    struct matcher matcher;
    matcher_begin(&matcher, lua, text, pattern);
    budget_charge(lua, 2);
    const char *at = text.start + start;
    do {
        matcher.level = 0;
        const char *end = matcher_match(&matcher, at, pattern.start + isAnchored);
        if (end == NULL) continue;
        if (!tellsPlace) return matcher_push_all(&matcher, at, end);
        lua_pushinteger(lua, at - text.start + 1);
        lua_pushinteger(lua, end - text.start);
        return matcher_push_all(&matcher, NULL, NULL) + 2;
    } while (!isAnchored && at++ < matcher.subject_end);
    lua_pushnil(lua);
    return 1;
}

static int string_find(lua_State *lua) {
    return search(lua, true);
}

static int string_match(lua_State *lua) {
    return search(lua, false);
}

/// Upvalues: the subject, the pattern, where to go on, and where the last match ended (-1: there was none).
static int gmatch_step(lua_State *lua) {
    struct span text = check_text(lua, lua_upvalueindex(1));
    struct span pattern = check_text(lua, lua_upvalueindex(2));
    size_t start = (size_t)lua_tointeger(lua, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(lua, lua_upvalueindex(4));
    struct matcher matcher;
    matcher_begin(&matcher, lua, text, pattern);
    budget_charge(lua, 2);
    for (; start <= text.length; start++) {
        matcher.level = 0;
        const char *end = matcher_match(&matcher, text.start + start, pattern.start);
        // An empty match where the last one ended was part of it.
        if (end == NULL || end - text.start == last) continue;
        lua_pushinteger(lua, end - text.start);
        lua_copy(lua, -1, lua_upvalueindex(3));
        lua_replace(lua, lua_upvalueindex(4));
        return matcher_push_all(&matcher, text.start + start, end);
    }
    return 0;
}

static int string_gmatch(lua_State *lua) {
    struct span text = check_text(lua, 1);
    check_text(lua, 2);
    size_t start = check_start(lua, 3, text.length);
    lua_settop(lua, 2);
    lua_pushinteger(lua, (lua_Integer)start);
    lua_pushinteger(lua, -1);
    lua_pushcclosure(lua, gmatch_step, 4);
    return 1;
}

static void add_replacement_text(const struct matcher *matcher, luaL_Buffer *whole, const char *start,
                                 const char *end) {
    lua_State *lua = matcher->lua;
    struct span text = check_text(lua, 3);
    budget_charge(lua, text.length / 8);
    const char *text_end = text.start + text.length;
    for (const char *at = text.start; at < text_end; at++) {
        const char *mark = memchr(at, '%', (size_t)(text_end - at));
        luaL_addlstring(whole, at, (size_t)((mark ? mark : text_end) - at));
        if (mark == NULL) return;
        at = mark + 1;
        if (at < text_end && *at == '%') {
            luaL_addchar(whole, '%');
        } else if (at < text_end && *at == '0') {
            luaL_addlstring(whole, start, (size_t)(end - start));
        } else if (at < text_end && *at >= '1' && *at <= '9') {
            matcher_push(matcher, *at - '1', start, end);
            luaL_tolstring(lua, -1, NULL);
            lua_remove(lua, -2);
            luaL_addvalue(whole);
        } else {
            luaL_error(lua, "invalid use of '%%' in replacement string");
        }
    }
}

/// Adds what stands for a match; false where the match stays as it is.
static bool add_replacement(const struct matcher *matcher, luaL_Buffer *whole, const char *start, const char *end) {
    lua_State *lua = matcher->lua;
    switch (lua_type(lua, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(lua, 3);
        lua_call(lua, matcher_push_all(matcher, start, end), 1);
        break;
    case LUA_TTABLE:
        matcher_push(matcher, 0, start, end);
        lua_gettable(lua, 3);
        break;
    default: add_replacement_text(matcher, whole, start, end); return true;
    }
    if (!lua_toboolean(lua, -1)) {
        lua_pop(lua, 1);
        luaL_addlstring(whole, start, (size_t)(end - start));
        return false;
    }
    if (!lua_isstring(lua, -1)) luaL_error(lua, "invalid replacement value (a %s)", luaL_typename(lua, -1));
    luaL_addvalue(whole);
    return true;
}

static int string_gsub(lua_State *lua) {
    struct span text = check_text(lua, 1);
    struct span pattern = check_text(lua, 2);
    int type = lua_type(lua, 3);
    luaL_argexpected(lua, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                     "string/function/table");
    lua_Integer most = luaL_optinteger(lua, 4, (lua_Integer)text.length + 1);
    bool isAnchored = pattern.length > 0 && *pattern.start == '^';
    struct matcher matcher;
    matcher_begin(&matcher, lua, text, pattern);
    budget_charge(lua, text.length / 16 + 2);

    luaL_Buffer whole;
    luaL_buffinit(lua, &whole);
    lua_Integer count = 0;
    const char *at = text.start;
    const char *last = NULL;
    while (count < most) {
        matcher.level = 0;
        const char *end = matcher_match(&matcher, at, pattern.start + isAnchored);
        if (end && end != last) {
            count++;
            add_replacement(&matcher, &whole, at, end);
            at = last = end;
        } else if (at < matcher.subject_end) {
            luaL_addchar(&whole, *at++);
        } else {
            break;
        }
        if (isAnchored) break;
    }
    luaL_addlstring(&whole, at, (size_t)(matcher.subject_end - at));
    luaL_pushresult(&whole);
    lua_pushinteger(lua, count);
    return 2;
}

void patterns_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {NULL, NULL}};
    luaL_setfuncs(lua, functions, 0);
}
