#include "text.h"
#include "budget.h"
#include "graphemes.h"
#include "utf8.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

/// Names drawn over three lines are made of many marks on one letter.
#define MOST_MARKS 4

static struct span check_text(lua_State *lua) {
    struct span text;
    text.start = luaL_checklstring(lua, 1, &text.length);
    budget_charge(lua, text.length + 1);
    return text;
}

static int text_length(lua_State *lua) {
    struct span text = check_text(lua);
    lua_Integer count = 0;
    for (size_t at = 0; at < text.length; count++) at += grapheme_length(text.start + at, text.length - at);
    lua_pushinteger(lua, count);
    return 1;
}

/// `truncate(text, n)`: the text, or its beginning and "…", together n characters.
static int text_truncate(lua_State *lua) {
    struct span text = check_text(lua);
    lua_Integer most = luaL_checkinteger(lua, 2);
    luaL_argcheck(lua, most >= 0, 2, "a length is not negative");
    size_t kept = 0;
    size_t at = 0;
    lua_Integer count = 0;
    while (at < text.length && count < most) {
        if (count == most - 1) kept = at;
        at += grapheme_length(text.start + at, text.length - at);
        count++;
    }
    if (at == text.length) {
        lua_settop(lua, 1);
        return 1;
    }
    lua_pushlstring(lua, text.start, kept);
    lua_pushstring(lua, most > 0 ? "…" : "");
    lua_concat(lua, 2);
    return 1;
}

static bool is_between(uint32_t scalar, uint32_t first, uint32_t last) {
    return scalar >= first && scalar <= last;
}

/// The capital of a letter, or the letter. Latin, Greek and Cyrillic; where a capital is two letters (ß) it stays.
static uint32_t upper(uint32_t scalar) {
    if (is_between(scalar, 'a', 'z')) return scalar - 32;
    if (is_between(scalar, 0xE0, 0xFE) && scalar != 0xF7) return scalar - 32;
    if (scalar == 0xFF) return 0x178;
    if (scalar == 0x131) return 'I';
    if (is_between(scalar, 0x139, 0x148) || is_between(scalar, 0x179, 0x17E)) return scalar - (scalar % 2 == 0);
    if (is_between(scalar, 0x100, 0x137) || is_between(scalar, 0x14A, 0x177)) return scalar & ~1u;
    if (is_between(scalar, 0x1E00, 0x1E95) || is_between(scalar, 0x1EA0, 0x1EFF)) return scalar & ~1u;
    if (scalar == 0x3AC) return 0x386;
    if (is_between(scalar, 0x3AD, 0x3AF)) return scalar - 37;
    if (scalar == 0x3C2) return 0x3A3;
    if (is_between(scalar, 0x3B1, 0x3CB)) return scalar - 32;
    if (scalar == 0x3CC) return 0x38C;
    if (is_between(scalar, 0x3CD, 0x3CE)) return scalar - 63;
    if (is_between(scalar, 0x430, 0x44F)) return scalar - 32;
    if (is_between(scalar, 0x450, 0x45F)) return scalar - 80;
    if (is_between(scalar, 0x460, 0x481) || is_between(scalar, 0x48A, 0x4BF)) return scalar & ~1u;
    if (is_between(scalar, 0x561, 0x586)) return scalar - 48;
    return scalar;
}

static uint32_t lower(uint32_t scalar) {
    if (is_between(scalar, 'A', 'Z')) return scalar + 32;
    if (is_between(scalar, 0xC0, 0xDE) && scalar != 0xD7) return scalar + 32;
    if (scalar == 0x178) return 0xFF;
    if (scalar == 0x130) return 'i';
    if (is_between(scalar, 0x139, 0x148) || is_between(scalar, 0x179, 0x17E)) return scalar + scalar % 2;
    if (is_between(scalar, 0x100, 0x137) || is_between(scalar, 0x14A, 0x177)) return scalar | 1u;
    if (is_between(scalar, 0x1E00, 0x1E95) || is_between(scalar, 0x1EA0, 0x1EFF)) return scalar | 1u;
    if (scalar == 0x386) return 0x3AC;
    if (is_between(scalar, 0x388, 0x38A)) return scalar + 37;
    if (is_between(scalar, 0x391, 0x3AB) && scalar != 0x3A2) return scalar + 32;
    if (scalar == 0x38C) return 0x3CC;
    if (is_between(scalar, 0x38E, 0x38F)) return scalar + 63;
    if (is_between(scalar, 0x410, 0x42F)) return scalar + 32;
    if (is_between(scalar, 0x400, 0x40F)) return scalar + 80;
    if (is_between(scalar, 0x460, 0x481) || is_between(scalar, 0x48A, 0x4BF)) return scalar | 1u;
    if (is_between(scalar, 0x531, 0x556)) return scalar + 48;
    return scalar;
}

static int change(lua_State *lua, uint32_t (*changed)(uint32_t)) {
    struct span text = check_text(lua);
    luaL_Buffer whole;
    luaL_buffinit(lua, &whole);
    for (size_t at = 0; at < text.length;) {
        uint32_t scalar;
        size_t step = utf8_next(text.start + at, text.length - at, &scalar);
        if (step == 0) {
            luaL_addchar(&whole, text.start[at++]);
            continue;
        }
        char bytes[4];
        luaL_addlstring(&whole, bytes, utf8_put(changed(scalar), bytes));
        at += step;
    }
    luaL_pushresult(&whole);
    return 1;
}

static int text_upper(lua_State *lua) {
    return change(lua, upper);
}

static int text_lower(lua_State *lua) {
    return change(lua, lower);
}

/// Controls, marks of direction and characters that show nothing but move what stands around them.
static bool is_hidden(uint32_t scalar) {
    return scalar < 0x20 || is_between(scalar, 0x7F, 0x9F) || scalar == 0xAD || scalar == 0x61C || scalar == 0x180E ||
           scalar == 0x200B || is_between(scalar, 0x200E, 0x200F) || is_between(scalar, 0x202A, 0x202E) ||
           is_between(scalar, 0x2060, 0x206F) || scalar == 0xFEFF || is_between(scalar, 0xFFF0, 0xFFFB);
}

static bool is_space(uint32_t scalar) {
    return scalar == ' ' || is_between(scalar, 9, 13) || scalar == 0x85 || scalar == 0xA0 ||
           is_between(scalar, 0x2000, 0x200A) || is_between(scalar, 0x2028, 0x2029) || scalar == 0x202F ||
           scalar == 0x205F || scalar == 0x3000;
}

/// `sanitize(text)`: one line without hidden characters, with single spaces and at most four marks on a letter.
static int text_sanitize(lua_State *lua) {
    struct span text = check_text(lua);
    luaL_Buffer whole;
    luaL_buffinit(lua, &whole);
    bool hasText = false;
    bool hasGap = false;
    int marks = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t scalar = 0xFFFD;
        size_t step = utf8_next(text.start + at, text.length - at, &scalar);
        at += step > 0 ? step : 1;
        if (is_space(scalar)) {
            hasGap = true;
            continue;
        }
        if (is_hidden(scalar)) continue;
        marks = is_between(scalar, 0x300, 0x36F) || is_between(scalar, 0x483, 0x489) ? marks + 1 : 0;
        if (marks > MOST_MARKS) continue;
        if (hasGap && hasText) luaL_addchar(&whole, ' ');
        hasGap = false;
        hasText = true;
        char bytes[4];
        luaL_addlstring(&whole, bytes, utf8_put(scalar, bytes));
    }
    luaL_pushresult(&whole);
    return 1;
}

void text_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"length", text_length}, {"lower", text_lower}, {"sanitize", text_sanitize}, {"truncate", text_truncate},
        {"upper", text_upper},   {NULL, NULL},
    };
    luaL_newlib(lua, functions);
}
