#include "keys.h"

#include <lua5.4/lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// How many values a list leaves on Lua's stack.
#define VALUES_KEPT 32

static struct key *pool;
static size_t pool_used;
static size_t pool_size;

static void pool_reserve(size_t more) {
    if (pool_used + more <= pool_size) return;
    size_t size = pool_size ? pool_size : 64;
    while (size < pool_used + more) size *= 2;
    struct key *grown = realloc(pool, size * sizeof *pool);
    if (grown == NULL) _exit(71);
    pool = grown;
    pool_size = size;
}

static int order_of_numbers(const struct key *left, const struct key *right) {
    if (left->isInteger && right->isInteger) return (left->integer > right->integer) - (left->integer < right->integer);
    // A whole float never is a key of its own (Lua makes it an integer), so a tie cannot be two keys that look alike,
    // except beyond 2^53, where the integer goes first.
    if (left->number < right->number) return -1;
    if (left->number > right->number) return 1;
    return right->isInteger - left->isInteger;
}

static int order_of_keys(const struct key *left, const struct key *right) {
    if (left->kind != right->kind) return left->kind < right->kind ? -1 : 1;
    switch (left->kind) {
    case KEY_NUMBER: return order_of_numbers(left, right);
    case KEY_BOOLEAN: return (int)left->integer - (int)right->integer;
    case KEY_TEXT: break;
    }
    size_t shared = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->text, right->text, shared);
    if (order != 0) return order;
    return (left->length > right->length) - (left->length < right->length);
}

static void sift(struct key *keys, size_t at, size_t count) {
    struct key moved = keys[at];
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && order_of_keys(&keys[child], &keys[child + 1]) < 0) child++;
        if (order_of_keys(&moved, &keys[child]) >= 0) break;
        keys[at] = keys[child];
        at = child;
    }
    keys[at] = moved;
}

/// The C library's sort may ask the kernel how much memory there is, which a cell may not.
static void sort(struct key *keys, size_t count) {
    if (count <= 16) {
        for (size_t index = 1; index < count; index++) {
            struct key moved = keys[index];
            size_t place = index;
            while (place > 0 && order_of_keys(&moved, &keys[place - 1]) < 0) {
                keys[place] = keys[place - 1];
                place--;
            }
            keys[place] = moved;
        }
        return;
    }
    for (size_t at = count / 2; at > 0; at--) sift(keys, at - 1, count);
    for (size_t left = count - 1; left > 0; left--) {
        struct key largest = keys[0];
        keys[0] = keys[left];
        keys[left] = largest;
        sift(keys, 0, left);
    }
}

static bool read_key(lua_State *lua, int index, struct key *key) {
    key->kind = KEY_NUMBER;
    key->isInteger = false;
    key->value = 0;
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
        key->isInteger = lua_isinteger(lua, index);
        key->integer = lua_tointeger(lua, index);
        key->number = lua_tonumber(lua, index);
        return true;
    case LUA_TSTRING:
        key->kind = KEY_TEXT;
        key->text = lua_tolstring(lua, index, &key->length);
        return true;
    case LUA_TBOOLEAN:
        key->kind = KEY_BOOLEAN;
        key->integer = lua_toboolean(lua, index);
        return true;
    default: return false;
    }
}

/// How many of 1…n stand in the table before the first gap; Lua's own length may be any border.
static size_t unbroken(lua_State *lua, int index, size_t border) {
    for (size_t place = 1; place <= border; place++) {
        int type = lua_rawgeti(lua, index, (lua_Integer)place);
        lua_pop(lua, 1);
        if (type == LUA_TNIL) return place - 1;
    }
    return border;
}

/// Collects what is no item of 1…border, and counts those that are.
static const char *collect(lua_State *lua, size_t most, struct key_list *list, size_t *items) {
    size_t met = 0;
    *items = 0;
    list->count = 0;
    lua_pushnil(lua);
    while (lua_next(lua, list->table)) {
        struct key key;
        if (++met > most || !read_key(lua, -2, &key)) {
            keys_release(lua, list);
            list->overflowed = met > most;
            return list->overflowed ? "has too many members" : "has a key that is no text, number or boolean";
        }
        bool isItem = key.isInteger && key.integer >= 1 && (size_t)key.integer <= list->border;
        *items += isItem;
        if (isItem) {
            lua_pop(lua, 1);
            continue;
        }
        if (list->count < VALUES_KEPT) {
            // Key and value stay; the next step takes a copy of the key from the top.
            key.value = list->top + 2 + 2 * (int)list->count;
            lua_pushvalue(lua, -2);
        } else {
            lua_pop(lua, 1);
        }
        pool_reserve(1);
        pool[pool_used++] = key;
        list->count++;
    }
    return NULL;
}

const char *keys_collect(lua_State *lua, int index, size_t most, struct key_list *list) {
    luaL_checkstack(lua, 2 * VALUES_KEPT + 4, "too many levels");
    *list = (struct key_list){.first = pool_used, .table = lua_absindex(lua, index), .top = lua_gettop(lua)};
    list->border = lua_rawlen(lua, list->table);
    size_t items;
    const char *fault = collect(lua, most, list, &items);
    if (fault == NULL && items < list->border) {
        // There are gaps, and Lua's length was one of several: from the first gap on everything is a member.
        keys_release(lua, list);
        list->border = unbroken(lua, list->table, list->border);
        fault = collect(lua, most, list, &items);
    }
    if (fault) return fault;
    sort(pool + list->first, list->count);
    return NULL;
}

struct key keys_at(const struct key_list *list, size_t place) {
    return pool[list->first + place];
}

void keys_release(lua_State *lua, const struct key_list *list) {
    pool_used = list->first;
    lua_settop(lua, list->top);
}

void keys_push_value(lua_State *lua, const struct key_list *list, struct key key) {
    if (key.value > 0) {
        lua_pushvalue(lua, key.value);
        return;
    }
    keys_push(lua, key);
    lua_rawget(lua, list->table);
}

void keys_reset(void) {
    pool_used = 0;
    if (pool_size <= 4096) return;
    free(pool);
    pool = NULL;
    pool_size = 0;
}

void keys_push(lua_State *lua, struct key key) {
    switch (key.kind) {
    case KEY_NUMBER:
        if (key.isInteger) {
            lua_pushinteger(lua, key.integer);
        } else {
            lua_pushnumber(lua, key.number);
        }
        break;
    case KEY_TEXT: lua_pushlstring(lua, key.text, key.length); break;
    case KEY_BOOLEAN: lua_pushboolean(lua, (int)key.integer); break;
    }
}

void keys_push_all(lua_State *lua, const struct key_list *list) {
    lua_createtable(lua, (int)list->count, 0);
    for (size_t place = 0; place < list->count; place++) {
        keys_push(lua, keys_at(list, place));
        lua_rawseti(lua, -2, (lua_Integer)place + 1);
    }
    if (lua_gettop(lua) > list->top + 1) lua_replace(lua, list->top + 1);
    pool_used = list->first;
    lua_settop(lua, list->top + 1);
}
