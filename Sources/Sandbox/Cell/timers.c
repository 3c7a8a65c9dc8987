#include "timers.h"
#include "callback.h"
#include "instance.h"
#include "json.h"
#include "utf8.h"

#include <lua5.4/lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void timer_free(struct timer *timer) {
    free((char *)timer->name.start);
    free((char *)timer->payload.start);
    *timer = (struct timer){0};
}

void timers_free(struct timers *timers) {
    for (size_t index = 0; index < timers->count; index++) timer_free(&timers->list[index]);
    free(timers->list);
    *timers = (struct timers){0};
}

static void add(struct timers *timers, struct timer timer) {
    timers->list = list_reserve(timers->list, timers->count, &timers->room, sizeof timer);
    timers->list[timers->count++] = timer;
}

bool timers_read(struct timers *timers, struct span json) {
    static const char *const names[] = {"name", "due", "every", "payload"};
    struct json_cursor cursor = json_walk(json);
    struct span key;
    struct span element;
    while (json_next(&cursor, &key, &element)) {
        struct span values[4];
        json_members(element, names, values, 4);
        struct output name = {.limit = LIMIT_TIMER_NAME};
        struct timer timer = {0};
        bool isTimer = timers->count < LIMIT_TIMERS && json_text(values[0], &name) && !name.overflowed &&
                       json_integer(values[1], &timer.due) &&
                       (values[2].length == 0 || json_integer(values[2], &timer.every)) &&
                       (timer.every == 0 || timer.every >= LIMIT_TIMER_MS);
        if (isTimer) {
            timer.name = span_copy(output_span(&name));
            timer.payload = span_copy(values[3]);
            add(timers, timer);
        }
        output_free(&name);
        if (!isTimer) return false;
    }
    return true;
}

void timers_write(const struct timers *timers, struct output *output) {
    output_byte(output, '[');
    for (size_t index = 0; index < timers->count; index++) {
        const struct timer *timer = &timers->list[index];
        output_text(output, index > 0 ? ",{\"name\":" : "{\"name\":");
        json_write_text(output, timer->name.start, timer->name.length);
        output_text(output, ",\"due\":");
        json_write_integer(output, timer->due);
        if (timer->every > 0) {
            output_text(output, ",\"every\":");
            json_write_integer(output, timer->every);
        }
        if (timer->payload.length > 0) {
            output_text(output, ",\"payload\":");
            output_add(output, timer->payload.start, timer->payload.length);
        }
        output_byte(output, '}');
    }
    output_byte(output, ']');
}

struct timer *timers_due(struct timers *timers, int64_t until) {
    struct timer *first = NULL;
    for (size_t index = 0; index < timers->count; index++) {
        struct timer *timer = &timers->list[index];
        if (timer->due > until) continue;
        if (first == NULL || timer->due < first->due ||
            (timer->due == first->due && span_compare(timer->name, first->name) < 0)) {
            first = timer;
        }
    }
    return first;
}

void timers_fire(struct timers *timers, struct timer *timer, struct timer *fired) {
    if (timer->every > 0 && !__builtin_add_overflow(timer->due, timer->every, &fired->due)) {
        int64_t next = fired->due;
        *fired = *timer;
        fired->name = span_copy(timer->name);
        fired->payload = span_copy(timer->payload);
        timer->due = next;
        return;
    }
    *fired = *timer;
    *timer = timers->list[--timers->count];
}

static struct timer *named(struct timer *list, size_t count, struct span name) {
    for (size_t index = 0; index < count; index++) {
        if (span_compare(list[index].name, name) == 0) return &list[index];
    }
    return NULL;
}

void timers_commit(struct timers *timers, struct timer_changes *changes) {
    for (size_t index = 0; index < changes->count; index++) {
        struct timer *change = &changes->list[index];
        struct timer *old = named(timers->list, timers->count, change->name);
        if (old) {
            timer_free(old);
            *old = timers->list[--timers->count];
        }
        if (change->due == 0 || timers->count == LIMIT_TIMERS) {
            timer_free(change);
        } else {
            add(timers, *change);
        }
    }
    changes->count = 0;
}

void timers_discard(struct timer_changes *changes) {
    for (size_t index = 0; index < changes->count; index++) timer_free(&changes->list[index]);
    changes->count = 0;
}

static uint64_t fold(uint64_t hash, const char *bytes, size_t length) {
    for (size_t index = 0; index < length; index++) hash = (hash ^ (unsigned char)bytes[index]) * 0x100000001B3u;
    return hash;
}

uint64_t timers_seed(struct span id, struct span name, int64_t due) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)due);
    uint64_t hash = fold(0xCBF29CE484222325u, id.start, id.length);
    hash = fold(hash, "", 1);
    hash = fold(hash, name.start, name.length);
    hash = fold(hash, "", 1);
    return fold(hash, digits, (size_t)length);
}

/// How many timers there would be if the callback ended here.
static size_t count_after(const struct timers *timers, struct timer_changes *changes) {
    size_t count = 0;
    for (size_t index = 0; index < timers->count; index++) {
        count += named(changes->list, changes->count, timers->list[index].name) == NULL;
    }
    for (size_t index = 0; index < changes->count; index++) count += changes->list[index].due != 0;
    return count;
}

/// Notes a change in place of an earlier one of that name.
static void change(lua_State *lua, struct span name, int64_t due, int64_t every, struct span payload) {
    struct timer_changes *changes = &callback.timers;
    struct timer *old = named(changes->list, changes->count, name);
    if (old == NULL && changes->count == LIMIT_TIMER_OPERATIONS) {
        luaL_error(lua, "a callback changes at most %d timers", LIMIT_TIMER_OPERATIONS);
    }
    struct timer earlier = {0};
    bool isNew = old == NULL;
    if (isNew) {
        old = &changes->list[changes->count++];
    } else {
        earlier = *old;
    }
    *old = (struct timer){span_copy(name), due, every, span_copy(payload)};
    if (count_after(&callback.instance->timers, changes) <= LIMIT_TIMERS) {
        timer_free(&earlier);
        return;
    }
    timer_free(old);
    *old = earlier;
    if (isNew) changes->count--;
    luaL_error(lua, "a widget has at most %d timers", LIMIT_TIMERS);
}

static struct span check_name(lua_State *lua, int index) {
    struct span name;
    name.start = luaL_checklstring(lua, index, &name.length);
    luaL_argcheck(lua, name.length > 0 && name.length <= LIMIT_TIMER_NAME, index,
                  "a timer's name has 1 to 64 bytes");
    luaL_argcheck(lua, utf8_valid(name.start, name.length) == name.length, index, "a timer's name is UTF-8");
    return name;
}

static int start(lua_State *lua, bool repeats) {
    callback_require_handler(lua, repeats ? "timer.every" : "timer.after");
    callback_require_permission(lua, PERMISSION_TIMERS);
    double milliseconds = luaL_checknumber(lua, 1) * 1000;
    // Half a minute short of 32 years: beyond any stream, and far from what a moment can hold.
    luaL_argcheck(lua, milliseconds >= LIMIT_TIMER_MS && milliseconds <= 1e12, 1,
                  "a timer is set for at least 0.05 seconds ahead");
    struct span name = check_name(lua, 2);
    static struct output payload = {.limit = LIMIT_TIMER_PAYLOAD};
    output_clear(&payload);
    if (!lua_isnoneornil(lua, 3)) {
        const char *wrong = json_encode(lua, 3, &payload, LIMIT_JSON_DEPTH, NULL);
        if (wrong) return luaL_error(lua, "the payload of a timer %s", wrong);
        if (payload.overflowed) return luaL_error(lua, "the payload of a timer has more than 1 KiB");
    }
    int64_t delay = (int64_t)llround(milliseconds);
    change(lua, name, callback.now + delay, repeats ? delay : 0, output_span(&payload));
    return 0;
}

static int timer_after(lua_State *lua) {
    return start(lua, false);
}

static int timer_every(lua_State *lua) {
    return start(lua, true);
}

static int timer_cancel(lua_State *lua) {
    callback_require_handler(lua, "timer.cancel");
    callback_require_permission(lua, PERMISSION_TIMERS);
    change(lua, check_name(lua, 1), 0, 0, (struct span){"", 0});
    return 0;
}

void timers_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"after", timer_after}, {"every", timer_every}, {"cancel", timer_cancel}, {NULL, NULL}};
    luaL_newlib(lua, functions);
}
