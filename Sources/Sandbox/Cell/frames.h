#ifndef CELL_FRAMES_H
#define CELL_FRAMES_H

#include "output.h"

#include <stdbool.h>
#include <stdint.h>

// A frame, both ways, little endian: `u32 length (of what follows) | u8 op | u32 request | u16 instance | payload`, the
// payload JSON in UTF-8. The host sends one at a time and waits for the one that answers it.

enum frame_op {
    OP_LOAD = 1,
    OP_EVENTS = 2,
    OP_CONFIG = 3,
    OP_RENDER = 4,
    OP_DROP = 5,
    OP_PROBE = 6,
    OP_ERROR = 0x7F,
    /// Set in an answer that is none.
    OP_OK = 0x80,
};

struct frame {
    uint8_t op;
    uint32_t request;
    uint16_t instance;
    /// Valid until the next frame is read.
    struct span payload;
};

/// Waits for the next frame; ends the process when the socket closes, or with status 65 when the host breaks the rules.
void frames_read(struct frame *frame);

/// Gives the memory of a long frame back once nobody reads it any more.
void frames_forget(const struct frame *frame);

/// Answers with this op and these bytes.
void frames_answer(const struct frame *frame, uint8_t op, struct span payload);

#endif
