#include "fault.h"
#include "json.h"
#include "utf8.h"

#include <lua5.4/lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/// Copies text, cut between two characters.
static void copy_cut(char *to, size_t room, const char *from, size_t length) {
    size_t kept = utf8_cut(from, length, room - 1);
    memcpy(to, from, kept);
    to[kept] = 0;
}

void fault_set(struct fault *fault, const char *kind, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fault->kind = kind;
    fault->traceback[0] = 0;
    copy_cut(fault->message, sizeof fault->message, text, strlen(text));
}

void fault_from_value(struct fault *fault, lua_State *lua, int index) {
    fault->kind = "error";
    fault->traceback[0] = 0;
    switch (lua_type(lua, index)) {
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(lua, index, &length);
        copy_cut(fault->message, sizeof fault->message, text, length);
        break;
    }
    case LUA_TNUMBER:
        if (lua_isinteger(lua, index)) {
            snprintf(fault->message, sizeof fault->message, "%lld", (long long)lua_tointeger(lua, index));
        } else {
            snprintf(fault->message, sizeof fault->message, "%.14g", lua_tonumber(lua, index));
        }
        break;
    default:
        snprintf(fault->message, sizeof fault->message, "(the error is a %s value)", luaL_typename(lua, index));
    }
}

static size_t trace_level(char *at, size_t room, const lua_Debug *entry) {
    char place[LUA_IDSIZE + 32];
    if (entry->currentline > 0) {
        snprintf(place, sizeof place, "%s:%d", entry->short_src, entry->currentline);
    } else {
        snprintf(place, sizeof place, "%s", entry->short_src);
    }
    char name[80];
    if (entry->name != NULL) {
        snprintf(name, sizeof name, "in %s '%.48s'", *entry->namewhat ? entry->namewhat : "function", entry->name);
    } else if (*entry->what == 'm') {
        snprintf(name, sizeof name, "in the main part");
    } else {
        snprintf(name, sizeof name, "in the function of line %d", entry->linedefined);
    }
    int length = snprintf(at, room, "%s: %s%s\n", place, name, entry->istailcall ? " (after a tail call)" : "");
    return length > 0 && (size_t)length < room ? (size_t)length : 0;
}

void fault_trace(struct fault *fault, lua_State *lua, int level) {
    size_t used = 0;
    lua_Debug entry;
    for (int shown = 0; shown < LIMIT_TRACEBACK_LEVELS && lua_getstack(lua, level, &entry); level++) {
        // The cell's own functions at the bottom tell an author nothing.
        if (!lua_getinfo(lua, "nSlt", &entry) || (*entry.what == 'C' && entry.name == NULL)) continue;
        shown++;
        size_t length = trace_level(fault->traceback + used, sizeof fault->traceback - used, &entry);
        if (length == 0) break;
        used += length;
    }
    if (lua_getstack(lua, level, &entry) && used + 5 < sizeof fault->traceback) {
        memcpy(fault->traceback + used, "…\n", 5);
        used += 4;
    }
    fault->traceback[used > 0 ? used - 1 : 0] = 0;
}

void fault_write(const struct fault *fault, struct output *output) {
    output_text(output, "{\"kind\":");
    json_write_text(output, fault->kind, strlen(fault->kind));
    output_text(output, ",\"message\":");
    json_write_text(output, fault->message, strlen(fault->message));
    output_text(output, ",\"traceback\":");
    json_write_text(output, fault->traceback, strlen(fault->traceback));
    output_byte(output, '}');
}
