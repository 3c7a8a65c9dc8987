#include "json.h"
#include "keys.h"
#include "bounds.h"
#include "utf8.h"

#include <math.h>
#include <lua5.4/lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct output unescaped = {.limit = LIMIT_FRAME_IN};

/// Pushes the text that begins here and answers its end.
static const char *decode_text(lua_State *lua, const char *at, const char *end) {
    bool isEscaped = false;
    const char *next = at + 1;
    while (next < end) {
        next += json_plain(next, (size_t)(end - next));
        if (next >= end || *next == '"') break;
        isEscaped = isEscaped || *next == '\\';
        next += *next == '\\' ? 2 : 1;
    }
    next = next < end ? next + 1 : end;
    struct span value = {at, (size_t)(next - at)};
    if (isEscaped) {
        output_clear(&unescaped);
        json_text(value, &unescaped);
        lua_pushlstring(lua, unescaped.bytes ? unescaped.bytes : "", unescaped.length);
    } else {
        lua_pushlstring(lua, at + 1, value.length >= 2 ? value.length - 2 : 0);
    }
    return next;
}

static void decode_number(lua_State *lua, struct span value) {
    int64_t whole;
    if (json_integer(value, &whole) && !(whole == 0 && *value.start == '-')) {
        lua_pushinteger(lua, whole);
        return;
    }
    char digits[64];
    if (value.length >= sizeof digits) {
        // Longer numbers are rare and every buffer ends in a byte that is no part of a number.
        lua_pushnumber(lua, strtod(value.start, NULL));
        return;
    }
    memcpy(digits, value.start, value.length);
    digits[value.length] = 0;
    lua_pushnumber(lua, strtod(digits, NULL));
}

static const char *skip_space(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
    return at;
}

/// Pushes a number or a word and answers its end.
static const char *decode_word(lua_State *lua, const char *at, const char *end) {
    const char *next = at;
    while (next < end && *next != ',' && *next != '}' && *next != ']' && *next > ' ') next++;
    switch (*at) {
    case 't': lua_pushboolean(lua, 1); break;
    case 'f': lua_pushboolean(lua, 0); break;
    case 'n': lua_pushnil(lua); break;
    default: decode_number(lua, (struct span){at, (size_t)(next - at)});
    }
    return next;
}

static const char *decode_value(lua_State *lua, const char *at, const char *end, int depth);

/// One walk over all of it: what stands inside is not looked for first.
static const char *decode_container(lua_State *lua, const char *at, const char *end, int depth) {
    luaL_checkstack(lua, 4, "too many levels");
    bool isObject = *at == '{';
    at = skip_space(at + 1, end);
    bool isEmpty = at >= end || *at == '}' || *at == ']';
    // Most have a few; growing from none makes the table anew four times.
    lua_createtable(lua, isEmpty || isObject ? 0 : 4, isEmpty || !isObject ? 0 : 4);
    for (lua_Integer place = 1; at < end && *at != '}' && *at != ']'; place++) {
        if (isObject) {
            at = skip_space(decode_text(lua, at, end), end);
            at = skip_space(at + (at < end), end);
        }
        at = skip_space(decode_value(lua, at, end, depth - 1), end);
        if (isObject) {
            lua_rawset(lua, -3);
        } else {
            lua_rawseti(lua, -2, place);
        }
        if (at < end && *at == ',') at = skip_space(at + 1, end);
    }
    return at < end ? at + 1 : end;
}

/// Pushes the value that begins here, nil at the end, and answers where it ends.
static const char *decode_value(lua_State *lua, const char *at, const char *end, int depth) {
    if (at >= end || depth == 0) {
        lua_pushnil(lua);
        return end;
    }
    switch (*at) {
    case '{':
    case '[': return decode_container(lua, at, end, depth);
    case '"': return decode_text(lua, at, end);
    default: return decode_word(lua, at, end);
    }
}

void json_decode(lua_State *lua, struct span value) {
    luaL_checkstack(lua, 4, "too many levels");
    const char *end = value.start + value.length;
    decode_value(lua, skip_space(value.start, end), end, LIMIT_JSON_DEPTH_IN + 1);
}

bool json_write_text(struct output *output, const char *bytes, size_t length) {
    static const char digits[] = "0123456789abcdef";
    output_byte(output, '"');
    bool isValid = true;
    size_t run = 0;
    size_t at = 0;
    for (;;) {
        at += json_plain(bytes + at, length - at);
        if (at >= length) break;
        unsigned char byte = (unsigned char)bytes[at];
        size_t step = byte < 0x80 ? 0 : utf8_next(bytes + at, length - at, NULL);
        if (step > 0) {
            at += step;
            continue;
        }
        output_add(output, bytes + run, at - run);
        if (byte >= 0x80) {
            output_text(output, "\xEF\xBF\xBD");
            isValid = false;
        } else if (byte == '"' || byte == '\\') {
            output_add(output, (char[]){'\\', (char)byte}, 2);
        } else {
            output_add(output, (char[]){'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]}, 6);
        }
        run = ++at;
    }
    output_add(output, bytes + run, at - run);
    output_byte(output, '"');
    return isValid;
}

void json_write_integer(struct output *output, int64_t number) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
    output_add(output, digits, (size_t)length);
}

void json_write_number(struct output *output, double number) {
    char digits[40];
    // The shortest text that reads back as the same number, so that it looks as it was written.
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number) break;
    }
    output_text(output, digits);
    if (strpbrk(digits, ".e") == NULL) output_text(output, ".0");
}

/// The most tables in which one that stands in a value twice is looked for; beyond them every one counts as shared.
#define SEEN_MOST 1024

/// The tables that have been met, in order, and where to find them: as little of the memory as they need.
static const void *seen[SEEN_MOST];
static size_t seen_count;
static struct {
    const void *table;
    uint64_t turn;
} places[2 * SEEN_MOST];
static size_t place_count;
/// Grows with every value that is written, so that nothing has to be emptied.
static uint64_t turn;

static void forget_seen(void) {
    seen_count = 0;
    place_count = 64;
    turn++;
}

/// Whether it had a place; it has one now.
static bool has_place(const void *table) {
    size_t place = (((uintptr_t)table >> 4) * 0x9E3779B97F4A7C15u >> 32) % place_count;
    for (; places[place].turn == turn; place = (place + 1) % place_count) {
        if (places[place].table == table) return true;
    }
    places[place].table = table;
    places[place].turn = turn;
    return false;
}

static bool was_seen(const void *table) {
    if (seen_count == SEEN_MOST) return true;
    if (seen_count == place_count / 2) {
        place_count *= 2;
        turn++;
        for (size_t index = 0; index < seen_count; index++) has_place(seen[index]);
    }
    if (has_place(table)) return true;
    seen[seen_count++] = table;
    return false;
}

static const char *encode_value(lua_State *lua, int index, struct output *output, int depth, bool *shared);

static const char *encode_table(lua_State *lua, int index, struct output *output, int depth, bool *shared) {
    if (depth == 0) return "has too many tables inside one another";
    if (was_seen(lua_topointer(lua, index))) *shared = true;
    luaL_checkstack(lua, 4, "too many levels");
    struct key_list keys;
    // A member takes at least four bytes, so more keys than this cannot fit.
    size_t most = (output->limit - output->length) / 4 + 1;
    const char *fault = keys_collect(lua, index, most, &keys);
    if (fault == NULL && keys.border > 0 && keys.count > 0) {
        fault = "has a table that is neither a list without gaps nor all named members";
    }
    if (fault != NULL) {
        if (keys.overflowed) output->overflowed = true;
        return keys.overflowed ? NULL : fault;
    }
    output_byte(output, keys.count > 0 ? '{' : '[');
    for (size_t place = 1; place <= keys.border && fault == NULL && !output->overflowed; place++) {
        if (place > 1) output_byte(output, ',');
        lua_rawgeti(lua, index, (lua_Integer)place);
        fault = encode_value(lua, lua_gettop(lua), output, depth - 1, shared);
        lua_pop(lua, 1);
    }
    for (size_t place = 0; place < keys.count && fault == NULL && !output->overflowed; place++) {
        struct key key = keys_at(&keys, place);
        if (key.kind != KEY_TEXT) {
            fault = "has a table whose keys are neither 1…n nor texts";
            break;
        }
        if (place > 0) output_byte(output, ',');
        if (!json_write_text(output, key.text, key.length)) {
            fault = "has a key that is not valid UTF-8";
            break;
        }
        output_byte(output, ':');
        keys_push_value(lua, &keys, key);
        fault = encode_value(lua, lua_gettop(lua), output, depth - 1, shared);
        lua_pop(lua, 1);
    }
    output_byte(output, keys.count > 0 ? '}' : ']');
    keys_release(lua, &keys);
    return fault;
}

static const char *encode_value(lua_State *lua, int index, struct output *output, int depth, bool *shared) {
    switch (lua_type(lua, index)) {
    case LUA_TNIL: output_text(output, "null"); return NULL;
    case LUA_TBOOLEAN: output_text(output, lua_toboolean(lua, index) ? "true" : "false"); return NULL;
    case LUA_TNUMBER:
        if (lua_isinteger(lua, index)) {
            json_write_integer(output, lua_tointeger(lua, index));
        } else {
            double number = lua_tonumber(lua, index);
            if (!isfinite(number)) return "has a number that is not finite";
            json_write_number(output, number);
        }
        return NULL;
    case LUA_TSTRING: {
        size_t length;
        const char *bytes = lua_tolstring(lua, index, &length);
        return json_write_text(output, bytes, length) ? NULL : "has a text that is not valid UTF-8";
    }
    case LUA_TTABLE: return encode_table(lua, index, output, depth, shared);
    case LUA_TFUNCTION: return "has a function in it";
    default: return "has a value in it that is no text, number, boolean or table";
    }
}

const char *json_encode(lua_State *lua, int index, struct output *output, int depth, bool *shared) {
    bool ignored = false;
    forget_seen();
    return encode_value(lua, lua_absindex(lua, index), output, depth, shared ? shared : &ignored);
}
