#include "view.h"
#include "budget.h"
#include "callback.h"
#include "json.h"
#include "keys.h"
#include "bounds.h"
#include "utf8.h"

#include <lua5.4/lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/// How many arrays may stand inside one another without an element between them.
#define MOST_NESTED 64

static size_t nodes;
static const char *path[LIMIT_VIEW_DEPTH];

/// Ends the picture with "div > span: …", since the place where a node was made is gone by now.
static _Noreturn void refuse(lua_State *lua, int depth, const char *wrong, const char *detail) {
    char place[96] = "";
    size_t used = 0;
    int first = depth > 6 ? depth - 6 : 0;
    for (int level = first; level < depth && level < LIMIT_VIEW_DEPTH; level++) {
        int length = snprintf(place + used, sizeof place - used, "%s%s", level > first ? " > " : "", path[level]);
        used += length > 0 ? (size_t)length : 0;
        if (used >= sizeof place) break;
    }
    fault_set(&budget.fault, "view", "%s%s%s%.64s", place, *place ? ": " : "", wrong, detail);
    callback_refuse(lua);
}

static bool is_listed(struct span name, const char *list) {
    for (const char *at = list; *at;) {
        size_t length = strcspn(at, " ");
        if (length == name.length && memcmp(at, name.start, length) == 0) return true;
        at += length + (at[length] == ' ');
    }
    return false;
}

static bool is_word(const char *at, size_t length, bool isCustom) {
    for (size_t index = 0; index < length; index++) {
        char byte = at[index];
        bool isPlain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
        if (!isPlain && !(isCustom && ((byte >= 'A' && byte <= 'Z') || byte == '_'))) return false;
    }
    return length > 0;
}

static bool is_attribute(struct span name) {
    static const char names[] =
        "title alt dir lang role value max min width height datetime src viewBox d cx cy r x y x1 y1 x2 y2 rx ry fill "
        "stroke stroke-width stroke-linecap stroke-dasharray stroke-dashoffset transform text-anchor "
        "preserveAspectRatio";
    if (is_listed(name, names)) return true;
    if (name.length < 6 || (memcmp(name.start, "aria-", 5) != 0 && memcmp(name.start, "data-", 5) != 0)) return false;
    return is_word(name.start + 5, name.length - 5, false);
}

static bool is_style_property(struct span name) {
    static const char names[] =
        "color background-color opacity width height left top right bottom transform flex order text-align font-weight "
        "font-size animation-delay animation-duration stroke-dashoffset display visibility";
    if (is_listed(name, names)) return true;
    if (name.length < 3 || name.length > 64 || memcmp(name.start, "--", 2) != 0) return false;
    return is_word(name.start + 2, name.length - 2, true);
}

static bool has_word(struct span value, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= value.length; at++) {
        size_t same = 0;
        while (same < length && (value.start[at + same] | (word[same] >= 'a' ? 0x20 : 0)) == word[same]) same++;
        if (same == length) return true;
    }
    return false;
}

static bool is_style_value(struct span value) {
    if (value.length > LIMIT_STYLE_VALUE) return false;
    static const char *const forbidden[] = {"\\", "<", ">", "url(", "image(", "image-set(", "src(", "expression"};
    for (size_t index = 0; index < sizeof forbidden / sizeof *forbidden; index++) {
        if (has_word(value, forbidden[index])) return false;
    }
    return true;
}

/// The text of a text, number or boolean in the view; false where it is something else.
static bool scalar(lua_State *lua, int index, char digits[static 40], struct span *text) {
    switch (lua_type(lua, index)) {
    case LUA_TSTRING: text->start = lua_tolstring(lua, index, &text->length); return true;
    case LUA_TBOOLEAN:
        text->start = lua_toboolean(lua, index) ? "true" : "false";
        text->length = strlen(text->start);
        return true;
    case LUA_TNUMBER: {
        double number = lua_tonumber(lua, index);
        // 3.0 is written as 3: an author who divides does not mean the point.
        int length = lua_isinteger(lua, index) ? snprintf(digits, 40, "%lld", (long long)lua_tointeger(lua, index))
                     : number == floor(number) && fabs(number) < 1e15 ? snprintf(digits, 40, "%.0f", number)
                                                                     : snprintf(digits, 40, "%.14g", number);
        *text = (struct span){digits, (size_t)length};
        return true;
    }
    default: return false;
    }
}

static void write_text(lua_State *lua, struct output *output, struct span text, int depth) {
    if (++nodes > LIMIT_VIEW_NODES) refuse(lua, depth, "the view has more than 2000 nodes", "");
    if (text.length <= LIMIT_VIEW_TEXT) {
        json_write_text(output, text.start, text.length);
        return;
    }
    char cut[LIMIT_VIEW_TEXT + 1];
    size_t kept = utf8_cut(text.start, text.length, LIMIT_VIEW_TEXT - strlen("…"));
    memcpy(cut, text.start, kept);
    memcpy(cut + kept, "…", strlen("…"));
    json_write_text(output, cut, kept + strlen("…"));
}

static void write_style(lua_State *lua, struct output *output, int table, int depth) {
    struct key_list keys;
    const char *wrong = keys_collect(lua, table, LIMIT_VIEW_ATTRIBUTES, &keys);
    if (wrong || keys.border > 0) refuse(lua, depth, "the style ", wrong ? wrong : "has values without a name");
    output_text(output, "\"style\":{");
    for (size_t place = 0; place < keys.count; place++) {
        struct key key = keys_at(&keys, place);
        struct span name = {key.text, key.length};
        if (key.kind != KEY_TEXT || !is_style_property(name)) {
            refuse(lua, depth, "there is no such style property: ", key.kind == KEY_TEXT ? key.text : "(no text)");
        }
        keys_push_value(lua, &keys, key);
        char digits[40];
        struct span value;
        if (lua_isboolean(lua, -1) || !scalar(lua, -1, digits, &value) || !is_style_value(value)) {
            refuse(lua, depth, "this value is not allowed for the style ", key.text);
        }
        if (place > 0) output_byte(output, ',');
        json_write_text(output, name.start, name.length);
        output_byte(output, ':');
        json_write_text(output, value.start, value.length);
        lua_pop(lua, 1);
    }
    output_byte(output, '}');
    keys_release(lua, &keys);
}

/// The name under which a member of a node is written, or NULL where it may not stand there.
static const char *property_name(struct span name, const char *tag) {
    if (span_is(name, "key")) return "k";
    if (span_is(name, "class") || span_is(name, "source") || span_is(name, "style")) return name.start;
    if (span_is(name, "src") && strcmp(tag, "img") != 0) return NULL;
    return is_attribute(name) ? name.start : NULL;
}

static void write_properties(lua_State *lua, struct output *output, const struct key_list *keys, int depth) {
    bool isOpen = false;
    for (size_t place = 0; place < keys->count; place++) {
        struct key key = keys_at(keys, place);
        // Numbers are children after a gap; booleans were refused.
        if (key.kind == KEY_NUMBER) continue;
        struct span name = {key.text, key.length};
        if (span_is(name, "text")) continue;
        const char *written = property_name(name, path[depth - 1]);
        if (written == NULL) refuse(lua, depth, "there is no such attribute: ", key.text);
        keys_push_value(lua, keys, key);
        output_byte(output, isOpen ? ',' : '{');
        isOpen = true;
        if (span_is(name, "style")) {
            if (!lua_istable(lua, -1)) refuse(lua, depth, "the style is not a table", "");
            write_style(lua, output, lua_gettop(lua), depth);
        } else {
            char digits[40];
            struct span value;
            if (!scalar(lua, -1, digits, &value)) refuse(lua, depth, "this is neither text nor number: ", key.text);
            if (*written == 'k' && value.length > LIMIT_VIEW_KEY) {
                refuse(lua, depth, "a key has more than 64 bytes", "");
            }
            if (value.length > LIMIT_VIEW_TEXT) refuse(lua, depth, "an attribute has more than 4 KiB: ", key.text);
            json_write_text(output, written, strlen(written));
            output_byte(output, ':');
            json_write_text(output, value.start, value.length);
        }
        lua_pop(lua, 1);
    }
    output_text(output, isOpen ? "}" : "0");
}

static void write_node(lua_State *lua, struct output *output, int index, int depth, int nested);

/// The children 1…n of a list or an element, and those after gaps that nil has left: `cond and ui.p{…}`, nil, ….
static void write_list(lua_State *lua, struct output *output, int list, const struct key_list *keys, int depth,
                       int nested) {
    for (size_t place = 1; place <= keys->border; place++) {
        lua_rawgeti(lua, list, (lua_Integer)place);
        write_node(lua, output, lua_gettop(lua), depth, nested);
        lua_pop(lua, 1);
    }
    for (size_t place = 0; place < keys->count; place++) {
        struct key key = keys_at(keys, place);
        if (key.kind != KEY_NUMBER) break;
        if (!key.isInteger || key.integer < 1) refuse(lua, depth, "the places of children are 1, 2, 3 …", "");
        keys_push_value(lua, keys, key);
        write_node(lua, output, lua_gettop(lua), depth, nested);
        lua_pop(lua, 1);
    }
}

static void collect(lua_State *lua, int index, struct key_list *keys, int depth) {
    const char *wrong = keys_collect(lua, index, LIMIT_VIEW_NODES + LIMIT_VIEW_ATTRIBUTES, keys);
    if (wrong) refuse(lua, depth, "this table ", wrong);
    for (size_t place = keys->count; place > 0; place--) {
        if (keys_at(keys, place - 1).kind != KEY_BOOLEAN) break;
        refuse(lua, depth, "this table has a boolean as a name", "");
    }
}

static void write_element(lua_State *lua, struct output *output, int index, int depth, const char *tag) {
    if (depth == LIMIT_VIEW_DEPTH) refuse(lua, depth, "the view has more than 16 levels", "");
    if (++nodes > LIMIT_VIEW_NODES) refuse(lua, depth, "the view has more than 2000 nodes", "");
    path[depth] = tag;
    struct key_list keys;
    collect(lua, index, &keys, depth + 1);
    if (keys.count > LIMIT_VIEW_NODES) refuse(lua, depth + 1, "the view has more than 2000 nodes", "");
    size_t named = 0;
    bool hasText = false;
    for (size_t place = 0; place < keys.count; place++) {
        struct key key = keys_at(&keys, place);
        named += key.kind == KEY_TEXT;
        hasText = hasText || (key.kind == KEY_TEXT && span_is((struct span){key.text, key.length}, "text"));
    }
    if (named > LIMIT_VIEW_ATTRIBUTES) refuse(lua, depth + 1, "an element has more than 32 attributes", "");

    output_text(output, ",[\"");
    output_text(output, tag);
    output_text(output, "\",");
    write_properties(lua, output, &keys, depth + 1);
    if (hasText) {
        lua_pushliteral(lua, "text");
        lua_rawget(lua, index);
        write_node(lua, output, lua_gettop(lua), depth + 1, 0);
        lua_pop(lua, 1);
    }
    write_list(lua, output, index, &keys, depth + 1, 0);
    output_byte(output, ']');
    keys_release(lua, &keys);
}

/// Writes a node with a comma before it; nil and false are nothing, a list is what stands in it.
static void write_node(lua_State *lua, struct output *output, int index, int depth, int nested) {
    if (output->overflowed) refuse(lua, depth, "the view has more than 64 KiB", "");
    luaL_checkstack(lua, 8, "too many levels");
    switch (lua_type(lua, index)) {
    case LUA_TNIL: return;
    case LUA_TBOOLEAN:
        if (lua_toboolean(lua, index)) refuse(lua, depth, "true cannot be shown", "");
        return;
    case LUA_TTABLE: break;
    default: {
        char digits[40];
        struct span text;
        if (!scalar(lua, index, digits, &text)) {
            refuse(lua, depth, "this cannot be shown: a ", lua_typename(lua, lua_type(lua, index)));
        }
        output_byte(output, ',');
        write_text(lua, output, text, depth);
        return;
    }
    }
    const char *tag = view_tag(lua, index);
    if (tag) {
        write_element(lua, output, index, depth, tag);
        return;
    }
    if (nested == MOST_NESTED) refuse(lua, depth, "too many lists inside one another", "");
    struct key_list keys;
    collect(lua, index, &keys, depth);
    if (keys.count > 0 && keys_at(&keys, keys.count - 1).kind == KEY_TEXT) {
        refuse(lua, depth, "this list has a named member (ui.TAG is missing?): ", keys_at(&keys, keys.count - 1).text);
    }
    write_list(lua, output, index, &keys, depth, nested + 1);
    keys_release(lua, &keys);
}

void view_encode(lua_State *lua, int index, struct output *output) {
    nodes = 0;
    size_t start = output->length;
    write_node(lua, output, lua_absindex(lua, index), 0, 0);
    // The first comma makes room for the bracket.
    if (output->length == start) {
        output_byte(output, '[');
    } else {
        output->bytes[start] = '[';
    }
    output_byte(output, ']');
    if (output->overflowed) refuse(lua, 0, "the view has more than 64 KiB", "");
}
