#ifndef CELL_GRAPHEMES_H
#define CELL_GRAPHEMES_H

#include "output.h"

#include <stdint.h>

/// The bytes of the first grapheme, what a viewer sees as one character; 0 at the end.
///
/// An approximation of UAX #29 by ranges: combining marks, variation selectors, skin tones, tags and what follows a
/// zero-width joiner belong to what stands before them, regional indicators go in pairs, Hangul parts together. A byte
/// that is not UTF-8 stands for itself.
size_t grapheme_length(const char *bytes, size_t length);

/// Whether a character belongs to the one before it.
bool grapheme_extends(uint32_t scalar);

#endif
