#include "view.h"
#include "budget.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

static const char *const tags[] = {
    "div", "span", "p",  "b",  "i",  "em", "strong",   "small", "s",    "u",   "br", "ul",   "ol",     "li",   "img",
    "h1",  "h2",   "h3", "h4", "progress", "meter",    "time",  "svg",  "g",   "path", "circle", "rect", "line", "text",
};
#define TAG_COUNT (sizeof tags / sizeof *tags)

/// In the metatable of every node: the tag as a light pointer into `tags`.
static const char tag_place;

const char *view_tag(lua_State *lua, int index) {
    if (!lua_getmetatable(lua, index)) return NULL;
    lua_rawgetp(lua, -1, &tag_place);
    const char *tag = lua_touserdata(lua, -1);
    lua_pop(lua, 2);
    return tag;
}

/// `ui.TAG{…}` marks the table that it is given: a view is made anew for every picture and copying would double it.
static int make_node(lua_State *lua) {
    luaL_checkany(lua, 1);
    bool isPlain = lua_istable(lua, 1) && !lua_getmetatable(lua, 1);
    if (!isPlain) {
        // A text, or a node that stands alone: ui.p "hello", ui.div(ui.span { … }).
        lua_settop(lua, 1);
        lua_createtable(lua, 1, 0);
        lua_pushvalue(lua, 1);
        lua_rawseti(lua, -2, 1);
        lua_replace(lua, 1);
    }
    lua_settop(lua, 1);
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_setmetatable(lua, 1);
    return 1;
}

/// `ui.each(list, function(item, place) … end)`: the nodes of a list, in order; nil and false are left out.
static int each(lua_State *lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    lua_settop(lua, 2);
    lua_newtable(lua);
    lua_Integer kept = 0;
    for (lua_Integer place = 1; lua_rawgeti(lua, 1, place) != LUA_TNIL; place++) {
        budget_charge(lua, 4);
        lua_pushvalue(lua, 2);
        lua_insert(lua, -2);
        lua_pushinteger(lua, place);
        lua_call(lua, 2, 1);
        if (lua_toboolean(lua, -1)) {
            lua_rawseti(lua, 3, ++kept);
        } else {
            lua_pop(lua, 1);
        }
    }
    lua_settop(lua, 3);
    return 1;
}

static const char *tag_named(const char *name) {
    for (size_t index = 0; name && index < TAG_COUNT; index++) {
        if (strcmp(tags[index], name) == 0) return tags[index];
    }
    return NULL;
}

/// Makes `ui.TAG` when it is first asked for: few widgets use more than a handful.
static int open_tag(lua_State *lua) {
    const char *name = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : NULL;
    const char *tag = tag_named(name);
    if (tag == NULL) return luaL_error(lua, "there is no ui.%s", name ? name : "?");
    lua_createtable(lua, 0, 2);
    lua_pushlightuserdata(lua, (void *)tag);
    lua_rawsetp(lua, -2, &tag_place);
    lua_pushliteral(lua, "ui");
    lua_setfield(lua, -2, "__metatable");
    lua_pushcclosure(lua, make_node, 1);
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 1);
    return 1;
}

void view_open(lua_State *lua) {
    lua_createtable(lua, 0, 4);
    lua_pushcfunction(lua, each);
    lua_setfield(lua, -2, "each");
    lua_createtable(lua, 0, 2);
    lua_pushcfunction(lua, open_tag);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
}
