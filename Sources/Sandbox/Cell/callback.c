#include "callback.h"
#include "budget.h"
#include "effects.h"
#include "environment.h"
#include "instance.h"
#include "json.h"
#include "keys.h"
#include "view.h"
#include "widget.h"

#include <lua5.4/lauxlib.h>
#include <string.h>

struct callback callback = {
    .log = {.limit = LIMIT_FRAME_OUT},
    .stored = {.limit = LIMIT_FRAME_OUT * 4},
    .heard = {.limit = LIMIT_FRAME_OUT},
    .view = {.limit = LIMIT_VIEW_BYTES},
};

/// The state after the callback, until it becomes the last good one.
static struct output candidate = {.limit = LIMIT_STATE};

static const char state_place;

void callback_refuse(lua_State *lua) {
    lua_pushlightuserdata(lua, &budget.fault);
    lua_error(lua);
    __builtin_unreachable();
}

static int trace_error(lua_State *lua) {
    if (lua_touserdata(lua, 1) != &budget.fault) fault_from_value(&budget.fault, lua, 1);
    fault_trace(&budget.fault, lua, 1);
    return 1;
}

static void push_config(lua_State *lua, const struct instance *instance) {
    json_decode(lua, instance->config);
}

static _Noreturn void refuse(lua_State *lua, const char *kind, const char *what, const char *wrong) {
    fault_set(&budget.fault, kind, "%s %s", what, wrong);
    callback_refuse(lua);
}

/// Encodes the state on top of the stack; `shared` where a table stands in it twice.
static void encode_state(lua_State *lua, bool *shared) {
    if (!lua_istable(lua, -1)) refuse(lua, "state", "the state", "is not a table");
    output_clear(&candidate);
    const char *wrong = json_encode(lua, -1, &candidate, LIMIT_JSON_DEPTH, shared);
    if (wrong) refuse(lua, "state", "the state", wrong);
    if (candidate.overflowed) refuse(lua, "state", "the state", "has more than 64 KiB");
}

/// Keeps the table on top of the stack as the state, as a copy where parts of it are shared: after a restart they
/// would be two tables, and the same log must give the same picture.
static void keep_state(lua_State *lua) {
    bool shared = false;
    encode_state(lua, &shared);
    if (shared) {
        lua_pop(lua, 1);
        json_decode(lua, output_span(&candidate));
    }
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &state_place);
}

static void push_event(lua_State *lua, const struct call *call) {
    if (call->kind == CALLBACK_EVENT) {
        json_decode(lua, call->event);
        lua_pushnil(lua);
        lua_setfield(lua, -2, "seed");
        return;
    }
    const struct timer *timer = call->timer;
    lua_createtable(lua, 0, 3);
    lua_pushfstring(lua, "timer:%s", timer->name.start);
    lua_setfield(lua, -2, "type");
    lua_pushinteger(lua, call->now);
    lua_setfield(lua, -2, "receivedAtMs");
    json_decode(lua, timer->payload);
    lua_setfield(lua, -2, "payload");
}

static int draw(lua_State *lua, const struct instance *instance) {
    if (!widget_push(lua, WIDGET_RENDER)) refuse(lua, "error", "main.lua", "never calls widget.render");
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &state_place);
    push_config(lua, instance);
    lua_call(lua, 2, 1);
    output_clear(&callback.view);
    view_encode(lua, -1, &callback.view);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &state_place);
    encode_state(lua, NULL);
    if (span_compare(output_span(&candidate), output_span(&instance->state)) != 0) {
        refuse(lua, "state", "widget.render", "changed the state; it may only read it");
    }
    return 0;
}

static int handle(lua_State *lua, const struct call *call, const struct instance *instance) {
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &state_place);
    push_event(lua, call);
    lua_getfield(lua, -1, "type");
    bool isHandled = widget_push_handler(lua);
    lua_remove(lua, isHandled ? -2 : -1);
    if (!isHandled) return 0;
    lua_insert(lua, -3);
    push_config(lua, instance);
    lua_call(lua, 3, 0);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &state_place);
    keep_state(lua);
    return 0;
}

static int migrate(lua_State *lua, const struct call *call, struct instance *instance) {
    if (widget_push(lua, WIDGET_MIGRATE)) {
        json_decode(lua, call->config);
        json_decode(lua, call->state);
        lua_pushlstring(lua, call->from.start, call->from.length);
        lua_call(lua, 3, 2);
        static struct output config = {.limit = LIMIT_CONFIG};
        output_clear(&config);
        if (!lua_istable(lua, -2)) refuse(lua, "error", "widget.migrate", "returned no config");
        const char *wrong = json_encode(lua, -2, &config, LIMIT_JSON_DEPTH, NULL);
        if (wrong) refuse(lua, "error", "the config that widget.migrate returned", wrong);
        if (config.overflowed) refuse(lua, "error", "the config that widget.migrate returned", "has more than 16 KiB");
        // An empty table could be a list or an object; settings are an object.
        struct span kept = output_span(&config);
        instance_keep(&instance->config, span_is(kept, "[]") ? (struct span){"{}", 2} : kept);
    } else {
        json_decode(lua, call->state);
    }
    keep_state(lua);
    return 0;
}

static int perform(lua_State *lua) {
    const struct call *call = lua_touserdata(lua, 1);
    struct instance *instance = callback.instance;
    lua_settop(lua, 0);
    switch (call->kind) {
    case CALLBACK_MAIN: environment_run_main(lua); return 0;
    case CALLBACK_RESTORE:
        json_decode(lua, call->state);
        keep_state(lua);
        return 0;
    case CALLBACK_INIT:
        if (widget_push(lua, WIDGET_INIT)) {
            push_config(lua, instance);
            lua_call(lua, 1, 1);
        } else {
            lua_newtable(lua);
        }
        keep_state(lua);
        return 0;
    case CALLBACK_MIGRATE: return migrate(lua, call, instance);
    case CALLBACK_EVENT:
    case CALLBACK_TIMER: return handle(lua, call, instance);
    case CALLBACK_CONFIG:
        lua_rawgetp(lua, LUA_REGISTRYINDEX, &state_place);
        if (widget_push(lua, WIDGET_CONFIG)) {
            lua_pushvalue(lua, -2);
            push_config(lua, instance);
            json_decode(lua, call->config);
            lua_call(lua, 3, 0);
        }
        keep_state(lua);
        return 0;
    case CALLBACK_RENDER: return draw(lua, instance);
    }
    return 0;
}

enum outcome { OUTCOME_DONE, OUTCOME_FAILED, OUTCOME_STOPPED };

static enum outcome attempt(struct instance *instance, const struct call *call) {
    bool isLoading = call->kind == CALLBACK_MAIN || call->kind == CALLBACK_MIGRATE || call->kind == CALLBACK_RESTORE;
    lua_State *lua = instance->lua;
    if (setjmp(budget.stop) != 0) return OUTCOME_STOPPED;
    budget_begin(&instance->heap, lua, isLoading);
    lua_settop(lua, 0);
    lua_pushcfunction(lua, trace_error);
    lua_pushcfunction(lua, perform);
    lua_pushlightuserdata(lua, (void *)call);
    int status = lua_pcall(lua, 1, 0, 1);
    bool isRefused = status != LUA_OK && lua_touserdata(lua, -1) == &budget.fault;
    if (status != LUA_OK && status != LUA_ERRRUN && !isRefused) fault_from_value(&budget.fault, lua, -1);
    lua_settop(lua, 0);
    return status == LUA_OK ? OUTCOME_DONE : OUTCOME_FAILED;
}

static void discard(void) {
    timers_discard(&callback.timers);
    storage_discard(&callback.storage);
    sounds_discard();
}

/// Makes true what the callback has asked for.
static void commit(struct instance *instance, const struct call *call) {
    if (call->kind == CALLBACK_MAIN || call->kind == CALLBACK_RENDER) return;
    if (candidate.length > 0) {
        struct output old = instance->state;
        instance->state = candidate;
        candidate = old;
        candidate.limit = LIMIT_STATE;
    }
    if (call->kind == CALLBACK_RESTORE) return;
    instance->now = call->now;
    timers_commit(&instance->timers, &callback.timers);
    storage_commit(&instance->storage, &callback.storage, &callback.stored);
    sounds_commit();
}

/// Puts the last good state back; a Lua state that was stopped is made anew.
static void bring_back(struct instance *instance, enum outcome outcome) {
    struct fault ignored;
    if (outcome == OUTCOME_STOPPED) {
        instance_stop(instance);
        if (!instance_start(instance, &ignored)) return;
    }
    struct call restore = {.kind = CALLBACK_RESTORE, .state = output_span(&instance->state)};
    callback.kind = CALLBACK_RESTORE;
    if (attempt(instance, &restore) != OUTCOME_DONE) instance_stop(instance);
    budget_end();
    keys_reset();
}

bool callback_run(struct instance *instance, const struct call *call, struct fault *fault) {
    callback.instance = instance;
    callback.kind = call->kind;
    callback.now = call->now;
    callback.chance = call->seed;
    callback.log_bytes = 0;
    callback.log_full = false;
    output_clear(&candidate);
    enum outcome outcome = attempt(instance, call);
    uint64_t used = budget.used;
    if (outcome != OUTCOME_STOPPED) heap_rest(&instance->heap);
    budget_end();
    keys_reset();
    if (outcome == OUTCOME_DONE) {
        commit(instance, call);
        return true;
    }
    *fault = budget.fault;
    discard();
    if (call->kind != CALLBACK_MAIN && instance->state.length > 0) bring_back(instance, outcome);
    budget.used = used;
    return false;
}

void callback_require_handler(lua_State *lua, const char *name) {
    if (callback.kind >= CALLBACK_INIT && callback.kind <= CALLBACK_CONFIG) return;
    luaL_error(lua, "%s works in handlers only, not %s", name,
               callback.kind == CALLBACK_RENDER ? "in widget.render" : "while main.lua loads");
}

void callback_require_clock(lua_State *lua, const char *name) {
    if (callback.kind != CALLBACK_MAIN) return;
    luaL_error(lua, "%s works in callbacks only, not while main.lua loads", name);
}

void callback_require_permission(lua_State *lua, unsigned permission) {
    if (callback.instance->permissions & permission) return;
    const char *name = permission == PERMISSION_STORAGE  ? "storage"
                       : permission == PERMISSION_TIMERS ? "timers"
                                                         : "sound";
    luaL_error(lua, "this needs the permission \"%s\": add it to \"permissions\" in widget.json", name);
}
