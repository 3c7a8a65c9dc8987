#ifndef CELL_KEYS_H
#define CELL_KEYS_H

#include <lua5.4/lua.h>
#include <stdbool.h>
#include <stddef.h>

// The keys of a table in an order that the same log always gives: 1…n, other numbers ascending, texts by byte, false,
// true. Lua's own order depends on addresses and on the time of the start.

enum key_kind { KEY_NUMBER, KEY_TEXT, KEY_BOOLEAN };

/// A key; its text belongs to the table.
struct key {
    enum key_kind kind;
    bool isInteger;
    lua_Integer integer;
    lua_Number number;
    const char *text;
    size_t length;
    /// Where the value stands on the stack, or 0.
    int value;
};

/// 1…border, then `count` others in order.
struct key_list {
    size_t border;
    size_t count;
    size_t first;
    bool overflowed;
    /// The table, and where the stack ended before the values were left on it.
    int table;
    int top;
};

/// Collects and sorts; NULL, or what is wrong: a key of another kind, or more than `most` keys (`overflowed`).
///
/// The list stands on a stack of lists: release them in reverse order. A callback begins with an empty stack. The
/// values of the first keys stay on Lua's stack until then, so that they need not be looked up again.
const char *keys_collect(lua_State *lua, int index, size_t most, struct key_list *list);
struct key keys_at(const struct key_list *list, size_t place);
void keys_release(lua_State *lua, const struct key_list *list);

/// Pushes the value that the table has under the key.
void keys_push_value(lua_State *lua, const struct key_list *list, struct key key);

/// Releases the list and pushes a table of its keys (without 1…border).
void keys_push_all(lua_State *lua, const struct key_list *list);

/// Forgets every list, after a callback that may have ended anywhere.
void keys_reset(void);

/// Pushes a key as a Lua value.
void keys_push(lua_State *lua, struct key key);

#endif
