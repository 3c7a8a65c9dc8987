#ifndef CELL_BOUNDS_H
#define CELL_BOUNDS_H

// The table of docs/architecture.md, "Sandbox". Each number stands here once; the messages name them.

/// A start with everything at its limit, and every byte of its texts written as an escape.
#define LIMIT_FRAME_IN (3 * 1024 * 1024)
/// A full state, a full view and all that a callback may store and say besides.
#define LIMIT_FRAME_OUT (512 * 1024)
/// What stays in memory of a frame that was longer.
#define FRAME_KEPT (64 * 1024)
#define LIMIT_INSTANCES 16

#define LIMIT_CALLBACK_INSTRUCTIONS 1000000
#define LIMIT_LOAD_INSTRUCTIONS 5000000
#define LIMIT_CALLBACK_CPU_MS 50
#define LIMIT_LOAD_CPU_MS 100
/// How much later than its limit a callback that does not come back is ended with the whole cell.
#define LIMIT_GRACE_CPU_MS 50

#define LIMIT_HEAP (8 * 1024 * 1024)
/// What a burst of garbage may take until the next collection; never what a widget may keep.
#define LIMIT_HEAP_BURST (12 * 1024 * 1024)
#define LIMIT_CELL_HEAP (64 * 1024 * 1024)

#define LIMIT_SOURCE (128 * 1024)
#define LIMIT_CONFIG (16 * 1024)
#define LIMIT_STATE (64 * 1024)
#define LIMIT_JSON_DEPTH_IN 64
#define LIMIT_JSON_DEPTH 16

#define LIMIT_VIEW_BYTES (64 * 1024)
#define LIMIT_VIEW_NODES 2000
#define LIMIT_VIEW_DEPTH 16
#define LIMIT_VIEW_ATTRIBUTES 32
#define LIMIT_VIEW_TEXT 4096
#define LIMIT_VIEW_KEY 64
#define LIMIT_STYLE_VALUE 255

#define LIMIT_TIMERS 32
#define LIMIT_TIMER_OPERATIONS 64
#define LIMIT_TIMER_NAME 64
#define LIMIT_TIMER_PAYLOAD 1024
#define LIMIT_TIMER_MS 50

#define LIMIT_STORAGE_BYTES (256 * 1024)
#define LIMIT_STORAGE_KEYS 100
#define LIMIT_STORAGE_KEY 128
#define LIMIT_STORAGE_VALUE (16 * 1024)
#define LIMIT_STORAGE_OPERATIONS 20

#define LIMIT_SOUNDS 8
#define LIMIT_ASSET 256
#define LIMIT_LOG 4096
#define LIMIT_ERROR_TEXT 200
#define LIMIT_TRACEBACK 4096
#define LIMIT_TRACEBACK_LEVELS 20

#define LIMIT_LIST 1000000
#define LIMIT_PATTERN_DEPTH 200
#define LIMIT_COROUTINES_NESTED 100

/// How often the budget looks, in instructions: work between two looks is what a script can have for nothing.
#define BUDGET_PERIOD 100

#endif
