#include "storage.h"
#include "budget.h"
#include "callback.h"
#include "instance.h"
#include "json.h"
#include "keys.h"
#include "utf8.h"

#include <lua5.4/lauxlib.h>
#include <stdlib.h>
#include <string.h>

static void free_entry(struct storage_entry *entry) {
    free((char *)entry->key.start);
    free((char *)entry->value.start);
}

static struct storage_entry *find(struct storage_entry *list, size_t count, struct span key) {
    for (size_t index = 0; index < count; index++) {
        if (span_compare(list[index].key, key) == 0) return &list[index];
    }
    return NULL;
}

static void put(struct storage *storage, struct storage_entry entry) {
    struct storage_entry *old = find(storage->list, storage->count, entry.key);
    if (old) {
        storage->bytes -= old->key.length + old->value.length;
        free_entry(old);
        *old = storage->list[--storage->count];
    }
    if (entry.value.length == 0) {
        free_entry(&entry);
        return;
    }
    storage->bytes += entry.key.length + entry.value.length;
    storage->list = list_reserve(storage->list, storage->count, &storage->room, sizeof entry);
    storage->list[storage->count++] = entry;
}

bool storage_read(struct storage *storage, struct span json) {
    struct json_cursor cursor = json_walk(json);
    struct span key;
    struct span value;
    while (json_next(&cursor, &key, &value)) {
        struct output name = {.limit = LIMIT_STORAGE_KEY};
        bool isEntry = json_text(key, &name) && !name.overflowed && value.length <= LIMIT_STORAGE_VALUE &&
                       storage->count < LIMIT_STORAGE_KEYS &&
                       storage->bytes + name.length + value.length <= LIMIT_STORAGE_BYTES;
        if (isEntry) put(storage, (struct storage_entry){span_copy(output_span(&name)), span_copy(value)});
        output_free(&name);
        if (!isEntry) return false;
    }
    return true;
}

void storage_free(struct storage *storage) {
    for (size_t index = 0; index < storage->count; index++) free_entry(&storage->list[index]);
    free(storage->list);
    *storage = (struct storage){0};
}

void storage_commit(struct storage *storage, struct storage_changes *changes, struct output *operations) {
    for (size_t index = 0; index < changes->count; index++) {
        struct storage_entry change = changes->list[index];
        bool deletes = change.value.length == 0;
        output_text(operations, deletes ? ",[\"delete\"," : ",[\"set\",");
        json_write_text(operations, change.key.start, change.key.length);
        if (!deletes) {
            output_byte(operations, ',');
            output_add(operations, change.value.start, change.value.length);
        }
        output_byte(operations, ']');
        put(storage, change);
    }
    changes->count = 0;
}

void storage_discard(struct storage_changes *changes) {
    for (size_t index = 0; index < changes->count; index++) free_entry(&changes->list[index]);
    changes->count = 0;
}

/// The value as the callback sees it, its own changes included; empty where there is none.
static struct span current(struct span key) {
    struct storage_changes *changes = &callback.storage;
    for (size_t index = changes->count; index > 0; index--) {
        if (span_compare(changes->list[index - 1].key, key) == 0) return changes->list[index - 1].value;
    }
    struct storage *storage = &callback.instance->storage;
    struct storage_entry *entry = find(storage->list, storage->count, key);
    return entry ? entry->value : (struct span){"", 0};
}

static struct span check_key(lua_State *lua) {
    struct span key;
    key.start = luaL_checklstring(lua, 1, &key.length);
    luaL_argcheck(lua, key.length > 0 && key.length <= LIMIT_STORAGE_KEY, 1, "a key has 1 to 128 bytes");
    luaL_argcheck(lua, utf8_valid(key.start, key.length) == key.length, 1, "the key is not valid UTF-8");
    return key;
}

static void check_use(lua_State *lua, const char *name) {
    callback_require_handler(lua, name);
    callback_require_permission(lua, PERMISSION_STORAGE);
    budget_charge(lua, 20);
}

/// What the storage would hold if the callback ended here.
static void measure(size_t *count, size_t *bytes) {
    const struct storage *storage = &callback.instance->storage;
    struct storage_changes *changes = &callback.storage;
    *count = storage->count;
    *bytes = storage->bytes;
    for (size_t index = 0; index < changes->count; index++) {
        struct storage_entry *change = &changes->list[index];
        bool isLast = find(change + 1, changes->count - index - 1, change->key) == NULL;
        if (!isLast) continue;
        struct storage_entry *old = find(storage->list, storage->count, change->key);
        if (old) {
            *count -= 1;
            *bytes -= old->key.length + old->value.length;
        }
        if (change->value.length == 0) continue;
        *count += 1;
        *bytes += change->key.length + change->value.length;
    }
}

static void note(lua_State *lua, struct span key, struct span value) {
    struct storage_changes *changes = &callback.storage;
    if (changes->count == LIMIT_STORAGE_OPERATIONS) {
        luaL_error(lua, "a callback writes to the storage at most %d times", LIMIT_STORAGE_OPERATIONS);
    }
    changes->list[changes->count++] = (struct storage_entry){span_copy(key), span_copy(value)};
    size_t count;
    size_t bytes;
    measure(&count, &bytes);
    if (count <= LIMIT_STORAGE_KEYS && bytes <= LIMIT_STORAGE_BYTES) return;
    free_entry(&changes->list[--changes->count]);
    if (count > LIMIT_STORAGE_KEYS) luaL_error(lua, "the storage has at most %d keys", LIMIT_STORAGE_KEYS);
    luaL_error(lua, "the storage holds at most %d KiB", LIMIT_STORAGE_BYTES / 1024);
}

static struct span encode(lua_State *lua, int index) {
    static struct output value = {.limit = LIMIT_STORAGE_VALUE};
    output_clear(&value);
    const char *wrong = json_encode(lua, index, &value, LIMIT_JSON_DEPTH, NULL);
    if (wrong) luaL_error(lua, "the value to store %s", wrong);
    if (value.overflowed) luaL_error(lua, "a stored value has at most %d KiB", LIMIT_STORAGE_VALUE / 1024);
    return output_span(&value);
}

static int storage_get(lua_State *lua) {
    check_use(lua, "storage.get");
    struct span value = current(check_key(lua));
    budget_charge(lua, value.length / 8);
    json_decode(lua, value);
    return 1;
}

static int storage_set(lua_State *lua) {
    check_use(lua, "storage.set");
    struct span key = check_key(lua);
    luaL_checkany(lua, 2);
    note(lua, key, lua_isnil(lua, 2) ? (struct span){"", 0} : encode(lua, 2));
    return 0;
}

static int storage_delete(lua_State *lua) {
    check_use(lua, "storage.delete");
    note(lua, check_key(lua), (struct span){"", 0});
    return 0;
}

static int storage_increment(lua_State *lua) {
    check_use(lua, "storage.increment");
    struct span key = check_key(lua);
    luaL_checknumber(lua, lua_isnoneornil(lua, 2) ? (lua_pushinteger(lua, 1), lua_insert(lua, 2), 2) : 2);
    lua_settop(lua, 2);
    json_decode(lua, current(key));
    if (lua_isnil(lua, 3)) {
        lua_pushinteger(lua, 0);
        lua_replace(lua, 3);
    }
    if (lua_type(lua, 3) != LUA_TNUMBER) return luaL_error(lua, "the stored value is not a number");
    lua_insert(lua, 2);
    lua_arith(lua, LUA_OPADD);
    note(lua, key, encode(lua, 2));
    return 1;
}

/// Adds the key to the table on top of the stack, as a name, where it has the prefix and a value.
static void list_key(lua_State *lua, struct span key, struct span prefix) {
    if (key.length < prefix.length || memcmp(key.start, prefix.start, prefix.length) != 0) return;
    if (current(key).length == 0) return;
    lua_pushlstring(lua, key.start, key.length);
    lua_pushboolean(lua, 1);
    lua_rawset(lua, -3);
}

static int storage_list(lua_State *lua) {
    check_use(lua, "storage.list");
    struct span prefix;
    prefix.start = luaL_optlstring(lua, 1, "", &prefix.length);
    struct storage *storage = &callback.instance->storage;
    lua_newtable(lua);
    for (size_t index = 0; index < storage->count; index++) list_key(lua, storage->list[index].key, prefix);
    for (size_t index = 0; index < callback.storage.count; index++) {
        list_key(lua, callback.storage.list[index].key, prefix);
    }
    struct key_list keys;
    keys_collect(lua, -1, LIMIT_STORAGE_KEYS + LIMIT_STORAGE_OPERATIONS, &keys);
    budget_charge(lua, keys.count * 10);
    keys_push_all(lua, &keys);
    return 1;
}

void storage_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"get", storage_get},   {"set", storage_set}, {"delete", storage_delete}, {"increment", storage_increment},
        {"list", storage_list}, {NULL, NULL},
    };
    luaL_newlib(lua, functions);
}
