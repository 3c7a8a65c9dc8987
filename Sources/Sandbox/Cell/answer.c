#include "answer.h"
#include "callback.h"
#include "json.h"

#include <time.h>

static struct output results = {.limit = LIMIT_FRAME_OUT};
static struct output fired = {.limit = LIMIT_FRAME_OUT};
static struct output rest = {.limit = LIMIT_FRAME_OUT};
static struct output whole = {.limit = LIMIT_FRAME_OUT - 16};
static size_t result_count;
static uint64_t instructions;
static int64_t begun;

static int64_t cpu_microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void answer_begin(void) {
    struct output *parts[] = {&results, &fired, &rest, &callback.log, &callback.stored, &callback.heard};
    for (size_t index = 0; index < sizeof parts / sizeof *parts; index++) {
        output_trim(parts[index], 16 * 1024);
        output_clear(parts[index]);
    }
    result_count = 0;
    instructions = 0;
    begun = cpu_microseconds();
}

static void write_fault(struct output *output, const struct fault *fault) {
    if (fault == NULL) {
        output_text(output, "null");
        return;
    }
    output_text(output, "{\"error\":");
    fault_write(fault, output);
    output_byte(output, '}');
}

void answer_add_result(const struct fault *fault) {
    if (result_count++ > 0) output_byte(&results, ',');
    write_fault(&results, fault);
}

void answer_add_fired(const struct timer *timer, const struct fault *fault) {
    output_text(&fired, ",{\"name\":");
    json_write_text(&fired, timer->name.start, timer->name.length);
    output_text(&fired, ",\"due\":");
    json_write_integer(&fired, timer->due);
    output_text(&fired, ",\"before\":");
    json_write_integer(&fired, (int64_t)result_count);
    output_text(&fired, ",\"error\":");
    if (fault) {
        fault_write(fault, &fired);
    } else {
        output_text(&fired, "null");
    }
    output_byte(&fired, '}');
}

void answer_add_view(const struct fault *fault) {
    output_text(&rest, fault ? ",\"viewError\":" : ",\"view\":");
    if (fault) {
        fault_write(fault, &rest);
    } else {
        struct span view = output_span(&callback.view);
        output_add(&rest, view.start, view.length);
    }
}

void answer_add_config(const struct instance *instance) {
    output_text(&rest, ",\"config\":");
    output_add(&rest, instance->config.start, instance->config.length);
}

void answer_add_more(void) {
    output_text(&rest, ",\"more\":true");
}

void answer_count(uint64_t used) {
    instructions += used;
}

uint64_t answer_instructions(void) {
    return instructions;
}

int64_t answer_microseconds(void) {
    return cpu_microseconds() - begun;
}

static void add_part(const char *name, const struct output *part, bool hasComma) {
    if (part->overflowed) whole.overflowed = true;
    output_text(&whole, name);
    struct span bytes = output_span(part);
    size_t skipped = hasComma && bytes.length > 0 ? 1 : 0;
    output_add(&whole, bytes.start + skipped, bytes.length - skipped);
}

bool answer_send(const struct frame *frame, const struct instance *instance) {
    output_clear(&whole);
    add_part("{\"results\":[", &results, false);
    add_part("],\"fired\":[", &fired, true);
    output_text(&whole, "],\"state\":");
    struct span state = output_span(&instance->state);
    output_add(&whole, state.start, state.length);
    output_text(&whole, ",\"timers\":");
    timers_write(&instance->timers, &whole);
    output_text(&whole, ",\"now\":");
    json_write_integer(&whole, instance->now);
    add_part(",\"storage\":[", &callback.stored, true);
    add_part("],\"sounds\":[", &callback.heard, true);
    add_part("],\"log\":[", &callback.log, true);
    add_part("]", &rest, false);
    output_text(&whole, ",\"stats\":{\"instructions\":");
    json_write_integer(&whole, (int64_t)instructions);
    output_text(&whole, ",\"cpuMicroseconds\":");
    json_write_integer(&whole, answer_microseconds());
    output_text(&whole, ",\"heapBytes\":");
    json_write_integer(&whole, (int64_t)instance->heap.used);
    output_text(&whole, "}}");
    if (whole.overflowed) return false;
    frames_answer(frame, frame->op | OP_OK, output_span(&whole));
    output_trim(&whole, 32 * 1024);
    return true;
}

void answer_fault(const struct frame *frame, const struct fault *fault, bool closed) {
    output_clear(&whole);
    output_text(&whole, "{\"error\":");
    fault_write(fault, &whole);
    output_text(&whole, closed ? ",\"closed\":true" : ",\"closed\":false");
    add_part(",\"log\":[", &callback.log, true);
    output_text(&whole, "]}");
    if (whole.overflowed) {
        callback.log.overflowed = false;
        output_clear(&callback.log);
        answer_fault(frame, fault, closed);
        return;
    }
    frames_answer(frame, OP_ERROR, output_span(&whole));
}

void answer_refusal(const struct frame *frame, const char *why) {
    static struct fault fault;
    fault_set(&fault, "request", "%s", why);
    answer_fault(frame, &fault, false);
}
