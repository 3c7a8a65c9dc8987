#include "instance.h"
#include "budget.h"
#include "callback.h"
#include "json.h"

#include <malloc.h>
#include <stdlib.h>

struct instance *instance_of(lua_State *lua) {
    return *(struct instance **)lua_getextraspace(lua);
}

static bool make_state(struct instance *instance) {
    if (setjmp(budget.stop) != 0) return false;
    budget_begin(&instance->heap, NULL, true);
    lua_State *lua = lua_newstate(heap_allocate, &instance->heap);
    if (lua == NULL) budget_stop_memory(true);
    *(struct instance **)lua_getextraspace(lua) = instance;
    // The collector works faster than by default, since garbage counts until it is collected.
    lua_gc(lua, LUA_GCINC, 200, 400, 13);
    instance->lua = lua;
    return true;
}

bool instance_start(struct instance *instance, struct fault *fault) {
    bool isMade = make_state(instance);
    budget_end();
    if (!isMade) {
        *fault = budget.fault;
        instance_stop(instance);
        return false;
    }
    struct call call = {.kind = CALLBACK_MAIN};
    if (callback_run(instance, &call, fault)) {
        // Loading leaves more garbage than any callback.
        heap_trim(&instance->heap);
        return true;
    }
    instance_stop(instance);
    return false;
}

void instance_stop(struct instance *instance) {
    instance->lua = NULL;
    heap_free(&instance->heap);
}

void instance_free(struct instance *instance) {
    instance_stop(instance);
    timers_free(&instance->timers);
    storage_free(&instance->storage);
    output_free(&instance->state);
    struct span *kept[] = {&instance->id,     &instance->version, &instance->files,
                           &instance->locale, &instance->events,  &instance->config};
    for (size_t index = 0; index < sizeof kept / sizeof *kept; index++) free((char *)kept[index]->start);
    free(instance);
    malloc_trim(0);
}

void instance_keep(struct span *kept, struct span span) {
    char *old = (char *)kept->start;
    *kept = span_copy(span);
    free(old);
}

bool instance_file(const struct instance *instance, struct span name, struct output *text) {
    struct json_cursor cursor = json_walk(instance->files);
    struct span key;
    struct span value;
    while (json_next(&cursor, &key, &value)) {
        text->limit = LIMIT_SOURCE;
        output_clear(text);
        if (!json_text(key, text) || span_compare(output_span(text), name) != 0) continue;
        output_clear(text);
        return json_text(value, text) && !text->overflowed;
    }
    return false;
}
