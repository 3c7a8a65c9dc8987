#ifndef CELL_LOADING_H
#define CELL_LOADING_H

#include "fault.h"
#include "instance.h"

/// Reads the payload of LOAD into an instance and brings it to life: by `widget.init`, `widget.migrate` or its old
/// state.
///
/// NULL where that went well, a sentence where the payload cannot be, and "" where the program failed (`fault`).
const char *loading_run(struct instance *instance, struct span payload, struct fault *fault);

/// A seed, which is a text of decimal digits; 0 where it is none.
uint64_t loading_seed(struct span json);

#endif
