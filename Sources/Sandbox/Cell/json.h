#ifndef CELL_JSON_H
#define CELL_JSON_H

#include "output.h"

#include <lua5.4/lua.h>
#include <stdbool.h>
#include <stdint.h>

// JSON between the host and Lua values (RFC 8259, strict, UTF-8).
//
// From JSON: an object or array becomes a table, null becomes nil (and so disappears from its table), a number without
// fraction and exponent that fits 64 bits becomes an integer, every other a float.
//
// To JSON: a table whose keys are 1…n becomes an array, one with text keys only an object in byte order of its keys,
// an empty one `[]`. Lua cannot tell the two empty ones apart, so what comes back is what went out. A float keeps its
// point, so it comes back as a float. Everything else (functions, other keys, NaN, infinities, text that is not UTF-8)
// is refused.

/// Where a walk through an object or array stands.
struct json_cursor {
    const char *at;
    const char *end;
};

/// Whether the text is one JSON value of at most LIMIT_JSON_DEPTH_IN levels, and nothing else.
///
/// The other functions on text expect text that was found valid; they stay inside of it in any case.
bool json_valid(struct span text);

/// Begins a walk; of anything but an object or an array it has no steps.
struct json_cursor json_walk(struct span value);

/// The next member (`key` is its text in quotes) or element (`key` is empty); false at the end.
bool json_next(struct json_cursor *cursor, struct span *key, struct span *value);

/// Finds members by name in one walk; those that are missing or null stay empty.
void json_members(struct span object, const char *const *names, struct span *values, size_t count);

/// Reads a whole number; false where it is anything else.
bool json_integer(struct span value, int64_t *number);

/// Adds a text, unescaped; false where it is not a text.
bool json_text(struct span value, struct output *text);

/// Pushes the value; raises an error only for want of memory.
void json_decode(lua_State *lua, struct span value);

/// Writes the value at the index; NULL, or what is wrong with it as a sentence's end ("is not valid UTF-8").
///
/// `shared` is set when a table stands in it twice: what comes back would be two tables.
const char *json_encode(lua_State *lua, int index, struct output *output, int depth, bool *shared);

/// How many bytes from the start can stand in a JSON text as they are: ASCII but `"`, `\\` and control characters.
size_t json_plain(const char *bytes, size_t length);

/// Writes a text in quotes; what is not UTF-8 in it becomes U+FFFD, and the answer false.
bool json_write_text(struct output *output, const char *bytes, size_t length);
void json_write_integer(struct output *output, int64_t number);
void json_write_number(struct output *output, double number);

#endif
