#include "service.h"
#include "answer.h"
#include "budget.h"
#include "callback.h"
#include "frames.h"
#include "instance.h"
#include "json.h"
#include "loading.h"
#include "probe.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// How many timers may fire in one frame: many that are overdue must not look like a cell that hangs.
#define MOST_FIRED 64
/// After how much work a frame of many events is answered in parts.
#define FRAME_INSTRUCTIONS 1000000
#define FRAME_CPU_MICROSECONDS 40000

static struct instance *instances;

static struct instance *find(uint16_t number) {
    struct instance *instance = instances;
    while (instance && instance->number != number) instance = instance->next;
    return instance;
}

static void drop(struct instance *dropped) {
    struct instance **place = &instances;
    while (*place != dropped) place = &(*place)->next;
    *place = dropped->next;
    instance_free(dropped);
}

/// An instance of that number, new where there is none; NULL when the cell is full.
static struct instance *make(uint16_t number) {
    size_t count = 0;
    for (struct instance *each = instances; each; each = each->next) count++;
    if (count >= LIMIT_INSTANCES) return NULL;
    struct instance *instance = calloc(1, sizeof *instance);
    if (instance == NULL) _exit(71);
    instance->number = number;
    instance->next = instances;
    instances = instance;
    return instance;
}

static void serve_load(struct frame *frame) {
    if (find(frame->instance)) {
        answer_refusal(frame, "there is an instance of this number");
        return;
    }
    struct instance *instance = make(frame->instance);
    if (instance == NULL) {
        answer_refusal(frame, "a streamer has at most 16 instances of such widgets");
        return;
    }
    static struct fault fault;
    const char *refused = loading_run(instance, frame->payload, &fault);
    if (refused == NULL) {
        answer_add_config(instance);
        answer_send(frame, instance);
        return;
    }
    drop(instance);
    if (*refused) {
        answer_refusal(frame, refused);
    } else {
        answer_fault(frame, &fault, true);
    }
}

static bool is_spent(void) {
    return answer_instructions() > FRAME_INSTRUCTIONS || answer_microseconds() > FRAME_CPU_MICROSECONDS;
}

/// Runs a call and keeps its fault for the answer; false when the instance is lost.
static bool run(struct instance *instance, const struct call *call, struct fault **failed) {
    static struct fault fault;
    *failed = callback_run(instance, call, &fault) ? NULL : &fault;
    answer_count(budget.used);
    return instance->lua != NULL;
}

enum progress { PROGRESS_DONE, PROGRESS_PART, PROGRESS_LOST };

/// Fires what is due up to that moment.
static enum progress fire(struct instance *instance, int64_t until, size_t *fired) {
    struct timer *due;
    while ((due = timers_due(&instance->timers, until)) != NULL) {
        if (*fired == MOST_FIRED || (*fired > 0 && is_spent())) return PROGRESS_PART;
        struct timer timer;
        timers_fire(&instance->timers, due, &timer);
        struct call call = {.kind = CALLBACK_TIMER, .now = timer.due, .timer = &timer};
        call.seed = timers_seed(instance->id, timer.name, timer.due);
        struct fault *failed;
        bool lives = run(instance, &call, &failed);
        answer_add_fired(&timer, failed);
        timer_free(&timer);
        (*fired)++;
        if (!lives) return PROGRESS_LOST;
    }
    return PROGRESS_DONE;
}

static enum progress handle_all(struct instance *instance, struct span events, struct span until) {
    static const char *const names[] = {"receivedAtMs", "seed"};
    struct json_cursor cursor = json_walk(events);
    struct span key;
    struct span event;
    size_t fired = 0;
    size_t handled = 0;
    int64_t moment;
    while (json_next(&cursor, &key, &event)) {
        struct span values[2];
        json_members(event, names, values, 2);
        if (!json_integer(values[0], &moment)) moment = instance->now;
        enum progress progress = fire(instance, moment, &fired);
        if (progress != PROGRESS_DONE) return progress;
        if (handled + fired > 0 && is_spent()) return PROGRESS_PART;
        struct call call = {.kind = CALLBACK_EVENT, .now = moment, .seed = loading_seed(values[1]), .event = event};
        struct fault *failed;
        bool lives = run(instance, &call, &failed);
        answer_add_result(failed);
        handled++;
        if (!lives) return PROGRESS_LOST;
    }
    return json_integer(until, &moment) ? fire(instance, moment, &fired) : PROGRESS_DONE;
}

static bool draw(struct instance *instance) {
    struct call call = {.kind = CALLBACK_RENDER, .now = instance->now};
    struct fault *failed;
    bool lives = run(instance, &call, &failed);
    answer_add_view(failed);
    return lives;
}

static void finish(struct frame *frame, struct instance *instance, bool lives) {
    static struct fault lost;
    if (!lives) {
        fault_set(&lost, "error", "the widget could not be started again after a limit");
    } else if (answer_send(frame, instance)) {
        return;
    } else {
        fault_set(&lost, "size", "the answer has more than %d KiB", LIMIT_FRAME_OUT / 1024);
    }
    // What it did cannot be told, so it must not stand: the host begins again from its checkpoint.
    drop(instance);
    answer_fault(frame, &lost, true);
}

static void serve_loaded(struct frame *frame, struct instance *instance) {
    static const char *const names[] = {"events", "until", "render", "config", "at", "seed"};
    struct span values[6];
    json_members(frame->payload, names, values, 6);
    bool lives = true;
    if (frame->op == OP_EVENTS) {
        enum progress progress = handle_all(instance, values[0], values[1]);
        lives = progress != PROGRESS_LOST;
        if (progress == PROGRESS_PART) {
            answer_add_more();
        } else if (lives && span_is(values[2], "true")) {
            lives = draw(instance);
        }
    } else if (frame->op == OP_CONFIG) {
        int64_t at = instance->now;
        json_integer(values[4], &at);
        size_t fired = 0;
        enum progress progress = fire(instance, at, &fired);
        lives = progress != PROGRESS_LOST;
        if (progress == PROGRESS_PART) {
            answer_add_more();
        } else if (lives) {
            struct span old = span_copy(instance->config);
            instance_keep(&instance->config, values[3].length > 0 ? values[3] : (struct span){"{}", 2});
            struct call call = {.kind = CALLBACK_CONFIG, .now = at, .seed = loading_seed(values[5]), .config = old};
            struct fault *failed;
            lives = run(instance, &call, &failed);
            answer_add_result(failed);
            free((char *)old.start);
            if (lives && span_is(values[2], "true")) lives = draw(instance);
        }
    } else {
        lives = draw(instance);
    }
    finish(frame, instance, lives);
}

static void serve(struct frame *frame, bool probes) {
    struct instance *instance = find(frame->instance);
    answer_begin();
    if (!json_valid(frame->payload) || *frame->payload.start != '{') {
        answer_refusal(frame, "the payload is not a JSON object");
    } else if (frame->op == OP_LOAD) {
        serve_load(frame);
    } else if (frame->op == OP_PROBE && probes) {
        probe(frame->payload);
        answer_refusal(frame, "the probe came back");
    } else if (frame->op == OP_DROP && instance) {
        drop(instance);
        frames_answer(frame, frame->op | OP_OK, (struct span){"{}", 2});
    } else if (instance == NULL) {
        answer_refusal(frame, "there is no instance of this number");
    } else if (frame->op == OP_EVENTS || frame->op == OP_CONFIG || frame->op == OP_RENDER) {
        serve_loaded(frame, instance);
    } else {
        answer_refusal(frame, "there is no such op");
    }
}

void service_run(bool probes) {
    for (;;) {
        struct frame frame;
        frames_read(&frame);
        serve(&frame, probes);
        frames_forget(&frame);
    }
}
