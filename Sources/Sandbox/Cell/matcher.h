#ifndef CELL_MATCHER_H
#define CELL_MATCHER_H

#include "output.h"

#include <lua5.4/lua.h>

#define MATCHER_CAPTURES 32

/// One part of the subject that a pattern has caught.
struct capture {
    const char *start;
    /// Bytes, or one of the two below.
    ptrdiff_t length;
};

#define CAPTURE_OPEN (-1)
#define CAPTURE_POSITION (-2)

/// A search of one pattern in one subject.
struct matcher {
    lua_State *lua;
    const char *subject;
    const char *subject_end;
    const char *pattern_end;
    int depth;
    unsigned steps;
    int level;
    struct capture captures[MATCHER_CAPTURES];
};

void matcher_begin(struct matcher *matcher, lua_State *lua, struct span subject, struct span pattern);

/// Matches the pattern from here at this place of the subject: the end of the match, or NULL. Raises an error where the
/// pattern is malformed or too deep.
const char *matcher_match(struct matcher *matcher, const char *at, const char *pattern);

/// Pushes capture number `index` from 0; without captures number 0 is the whole match.
void matcher_push(const struct matcher *matcher, int index, const char *start, const char *end);

/// Pushes all captures, or the whole match where there are none and `start` is given; says how many.
int matcher_push_all(const struct matcher *matcher, const char *start, const char *end);

#endif
