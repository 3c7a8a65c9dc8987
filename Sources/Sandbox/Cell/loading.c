#include "loading.h"
#include "callback.h"
#include "json.h"

#include <stdlib.h>

uint64_t loading_seed(struct span json) {
    struct output digits = {.limit = 24};
    uint64_t seed = json_text(json, &digits) && digits.length > 0 ? strtoull(digits.bytes, NULL, 10) : 0;
    output_free(&digits);
    return seed;
}

static unsigned read_permissions(struct span json) {
    unsigned permissions = 0;
    struct json_cursor cursor = json_walk(json);
    struct span key;
    struct span name;
    while (json_next(&cursor, &key, &name)) {
        if (span_is(name, "\"storage\"")) permissions |= PERMISSION_STORAGE;
        if (span_is(name, "\"timers\"")) permissions |= PERMISSION_TIMERS;
        if (span_is(name, "\"sound\"")) permissions |= PERMISSION_SOUND;
    }
    return permissions;
}

/// A text of the payload, unescaped, as the instance's own.
static void keep_text(struct span *kept, struct span json) {
    struct output text = {.limit = 256};
    json_text(json, &text);
    instance_keep(kept, output_span(&text));
    output_free(&text);
}

const char *loading_run(struct instance *instance, struct span payload, struct fault *fault) {
    enum { ID, VERSION, FILES, PERMISSIONS, EVENTS, CONFIG, STATE, TIMERS, STORAGE, LOCALE, NOW, FROM, SEED, COUNT };
    static const char *const names[COUNT] = {"id",    "version", "files",   "permissions", "events", "config", "state",
                                             "timers", "storage", "locale", "now",         "from",   "seed"};
    struct span values[COUNT];
    json_members(payload, names, values, COUNT);
    int64_t now;
    if (!json_integer(values[NOW], &now)) return "LOAD needs \"now\" in milliseconds";
    keep_text(&instance->id, values[ID]);
    keep_text(&instance->version, values[VERSION]);
    instance_keep(&instance->files, values[FILES]);
    instance_keep(&instance->locale, values[LOCALE]);
    instance_keep(&instance->events, values[EVENTS]);
    instance_keep(&instance->config, values[CONFIG].length > 0 ? values[CONFIG] : (struct span){"{}", 2});
    instance->permissions = read_permissions(values[PERMISSIONS]);
    if (!timers_read(&instance->timers, values[TIMERS])) return "LOAD has timers that cannot be";
    if (!storage_read(&instance->storage, values[STORAGE])) return "LOAD has more storage than fits";
    if (!instance_start(instance, fault)) return "";

    static struct output from = {.limit = 256};
    output_clear(&from);
    bool isOlder = json_text(values[FROM], &from) && span_compare(output_span(&from), instance->version) != 0;
    struct call call = {.now = now, .state = values[STATE], .config = instance->config, .from = output_span(&from)};
    call.kind = values[STATE].length == 0 ? CALLBACK_INIT : isOlder ? CALLBACK_MIGRATE : CALLBACK_RESTORE;
    call.seed = values[SEED].length > 0 ? loading_seed(values[SEED])
                                        : timers_seed(instance->id, (struct span){"init", 4}, now);
    // The settings that migration replaces are read from a copy.
    struct span kept = span_copy(instance->config);
    call.config = kept;
    bool isLoaded = callback_run(instance, &call, fault);
    free((char *)kept.start);
    instance->now = now;
    return isLoaded ? NULL : "";
}
