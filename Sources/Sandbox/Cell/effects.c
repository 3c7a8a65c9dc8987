#include "effects.h"
#include "callback.h"
#include "environment.h"
#include "instance.h"
#include "json.h"
#include "utf8.h"

#include <lua5.4/lauxlib.h>
#include <stdlib.h>
#include <string.h>

void sounds_commit(void) {
    for (size_t index = 0; index < callback.sound_count; index++) {
        output_text(&callback.heard, ",{\"asset\":");
        json_write_text(&callback.heard, callback.sounds[index].asset.start, callback.sounds[index].asset.length);
        output_text(&callback.heard, ",\"volume\":");
        json_write_number(&callback.heard, callback.sounds[index].volume);
        output_text(&callback.heard, ",\"at\":");
        json_write_integer(&callback.heard, callback.now);
        output_byte(&callback.heard, '}');
    }
    sounds_discard();
}

void sounds_discard(void) {
    for (size_t index = 0; index < callback.sound_count; index++) free((char *)callback.sounds[index].asset.start);
    callback.sound_count = 0;
}

static int sound_play(lua_State *lua) {
    callback_require_handler(lua, "sound.play");
    callback_require_permission(lua, PERMISSION_SOUND);
    struct span asset;
    asset.start = luaL_checklstring(lua, 1, &asset.length);
    luaL_argcheck(lua, asset.length > 0 && asset.length <= LIMIT_ASSET, 1, "an asset's name has 1 to 256 bytes");
    luaL_argcheck(lua, utf8_valid(asset.start, asset.length) == asset.length, 1, "the name is not valid UTF-8");
    double volume = 1;
    if (!lua_isnoneornil(lua, 2)) {
        luaL_checktype(lua, 2, LUA_TTABLE);
        lua_pushliteral(lua, "volume");
        if (lua_rawget(lua, 2) != LUA_TNIL) volume = luaL_checknumber(lua, -1);
    }
    luaL_argcheck(lua, volume >= 0 && volume <= 1, 2, "the volume is between 0 and 1");
    if (callback.sound_count == LIMIT_SOUNDS) {
        return luaL_error(lua, "a callback plays at most %d sounds", LIMIT_SOUNDS);
    }
    callback.sounds[callback.sound_count++] = (struct sound){span_copy(asset), volume};
    return 0;
}

void sounds_open(lua_State *lua) {
    static const luaL_Reg functions[] = {{"play", sound_play}, {NULL, NULL}};
    luaL_newlib(lua, functions);
}

static void write_line(const char *level, struct span text) {
    if (callback.log_full) return;
    size_t room = LIMIT_LOG - callback.log_bytes;
    callback.log_full = text.length > room;
    text.length = utf8_cut(text.start, text.length, room);
    callback.log_bytes += text.length;
    output_text(&callback.log, ",{\"level\":");
    json_write_text(&callback.log, level, strlen(level));
    output_text(&callback.log, ",\"text\":");
    json_write_text(&callback.log, text.start, text.length);
    output_byte(&callback.log, '}');
    if (!callback.log_full) return;
    static const char rest[] = "the callback logged more than 4 KiB; the rest is left out";
    output_text(&callback.log, ",{\"level\":\"warn\",\"text\":\"");
    output_text(&callback.log, rest);
    output_text(&callback.log, "\"}");
}

static int log_line(lua_State *lua) {
    struct span text;
    text.start = environment_text(lua, 1, &text.length);
    write_line(lua_tostring(lua, lua_upvalueindex(1)), text);
    return 0;
}

int log_print(lua_State *lua) {
    int count = lua_gettop(lua);
    luaL_Buffer line;
    luaL_buffinit(lua, &line);
    for (int index = 1; index <= count; index++) {
        if (index > 1) luaL_addchar(&line, '\t');
        size_t length;
        environment_text(lua, index, &length);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    struct span text;
    text.start = lua_tolstring(lua, -1, &text.length);
    write_line("info", text);
    return 0;
}

void log_open(lua_State *lua) {
    static const char *const levels[] = {"debug", "info", "warn", "error"};
    lua_createtable(lua, 0, 4);
    for (size_t index = 0; index < sizeof levels / sizeof *levels; index++) {
        lua_pushstring(lua, levels[index]);
        lua_pushcclosure(lua, log_line, 1);
        lua_setfield(lua, -2, levels[index]);
    }
}
