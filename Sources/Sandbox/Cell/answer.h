#ifndef CELL_ANSWER_H
#define CELL_ANSWER_H

#include "fault.h"
#include "frames.h"
#include "instance.h"

#include <stdbool.h>
#include <stdint.h>

// What one frame has brought, gathered callback by callback and sent as one object.

void answer_begin(void);

/// One entry of `results`: null, or the fault.
void answer_add_result(const struct fault *fault);

/// One entry of `fired`, with the number of results before it.
void answer_add_fired(const struct timer *timer, const struct fault *fault);

/// `view` as it was drawn, or `viewError`.
void answer_add_view(const struct fault *fault);

/// `config` as a migration left it.
void answer_add_config(const struct instance *instance);

/// `more`: the host sends the events without a result again, with the same `until`.
void answer_add_more(void);

/// Counts a callback's instructions.
void answer_count(uint64_t instructions);
uint64_t answer_instructions(void);

/// What the frame has cost so far.
int64_t answer_microseconds(void);

/// Sends all of it; false, and nothing sent, when it is too long.
bool answer_send(const struct frame *frame, const struct instance *instance);

/// Sends ERROR; `closed` when there is no instance of this number now.
void answer_fault(const struct frame *frame, const struct fault *fault, bool closed);

/// Sends ERROR of kind `request`: the host has asked for something impossible, and nothing has changed.
void answer_refusal(const struct frame *frame, const char *why);

#endif
