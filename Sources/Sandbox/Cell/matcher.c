#include "matcher.h"
#include "budget.h"
#include "bounds.h"

#include <ctype.h>
#include <lua5.4/lauxlib.h>
#include <string.h>

/// How many steps are gathered before they are charged.
#define STEPS_TOGETHER 64

static void step(struct matcher *matcher, size_t steps) {
    matcher->steps += (unsigned)steps;
    if (matcher->steps < STEPS_TOGETHER) return;
    budget_charge(matcher->lua, matcher->steps);
    matcher->steps = 0;
}

void matcher_begin(struct matcher *matcher, lua_State *lua, struct span subject, struct span pattern) {
    matcher->lua = lua;
    matcher->subject = subject.start;
    matcher->subject_end = subject.start + subject.length;
    matcher->pattern_end = pattern.start + pattern.length;
    matcher->depth = 0;
    matcher->steps = 0;
    matcher->level = 0;
}

/// Where the single-character item that begins here ends: `x`, `%x` or `[set]`.
static const char *item_end(struct matcher *matcher, const char *item) {
    char first = *item++;
    if (first == '%') {
        if (item == matcher->pattern_end) luaL_error(matcher->lua, "malformed pattern (ends with '%%')");
        return item + 1;
    }
    if (first != '[') return item;
    if (item < matcher->pattern_end && *item == '^') item++;
    // A bracket in the first place of a set stands for itself.
    do {
        if (item == matcher->pattern_end) luaL_error(matcher->lua, "malformed pattern (missing ']')");
        if (*item++ == '%' && item < matcher->pattern_end) item++;
    } while (item == matcher->pattern_end || *item != ']');
    return item + 1;
}

static bool is_in_class(unsigned char byte, unsigned char class) {
    bool isIn;
    switch (tolower(class)) {
    case 'a': isIn = isalpha(byte); break;
    case 'c': isIn = iscntrl(byte); break;
    case 'd': isIn = isdigit(byte); break;
    case 'g': isIn = isgraph(byte); break;
    case 'l': isIn = islower(byte); break;
    case 'p': isIn = ispunct(byte); break;
    case 's': isIn = isspace(byte); break;
    case 'u': isIn = isupper(byte); break;
    case 'w': isIn = isalnum(byte); break;
    case 'x': isIn = isxdigit(byte); break;
    case 'z': isIn = byte == 0; break;
    default: return class == byte;
    }
    return isupper(class) ? !isIn : isIn;
}

/// Whether the set from `[` up to (without) its `]` holds the byte.
static bool is_in_set(unsigned char byte, const char *set, const char *close) {
    bool isIn = true;
    set++;
    if (*set == '^') {
        isIn = false;
        set++;
    }
    for (; set < close; set++) {
        if (*set == '%') {
            set++;
            if (is_in_class(byte, (unsigned char)*set)) return isIn;
        } else if (set + 2 < close && set[1] == '-') {
            if ((unsigned char)set[0] <= byte && byte <= (unsigned char)set[2]) return isIn;
            set += 2;
        } else if ((unsigned char)*set == byte) {
            return isIn;
        }
    }
    return !isIn;
}

static bool fits(struct matcher *matcher, const char *at, const char *item, const char *end) {
    step(matcher, 1 + (size_t)(end - item) / 8);
    if (at >= matcher->subject_end) return false;
    unsigned char byte = (unsigned char)*at;
    switch (*item) {
    case '.': return true;
    case '%': return is_in_class(byte, (unsigned char)item[1]);
    case '[': return is_in_set(byte, item, end - 1);
    default: return (unsigned char)*item == byte;
    }
}

/// `%bxy`: from an x to the y that closes it.
static const char *match_balance(struct matcher *matcher, const char *at, const char *pair) {
    if (matcher->pattern_end - pair < 2) luaL_error(matcher->lua, "malformed pattern (missing arguments to '%%b')");
    if (at >= matcher->subject_end || *at != pair[0]) return NULL;
    int open = 1;
    while (++at < matcher->subject_end) {
        step(matcher, 1);
        if (*at == pair[1]) {
            if (--open == 0) return at + 1;
        } else if (*at == pair[0]) {
            open++;
        }
    }
    return NULL;
}

/// `%1` … `%9`: the same text again.
static const char *match_again(struct matcher *matcher, const char *at, char digit) {
    int index = digit - '1';
    if (index < 0 || index >= matcher->level || matcher->captures[index].length == CAPTURE_OPEN) {
        luaL_error(matcher->lua, "invalid capture index %%%d", index + 1);
    }
    ptrdiff_t length = matcher->captures[index].length;
    // A place is no text that could stand again.
    if (length < 0 || matcher->subject_end - at < length) return NULL;
    step(matcher, 1 + (size_t)length / 8);
    return memcmp(matcher->captures[index].start, at, (size_t)length) == 0 ? at + length : NULL;
}

static const char *open_capture(struct matcher *matcher, const char *at, const char *pattern, ptrdiff_t length) {
    if (matcher->level == MATCHER_CAPTURES) luaL_error(matcher->lua, "too many captures");
    matcher->captures[matcher->level++] = (struct capture){at, length};
    const char *end = matcher_match(matcher, at, pattern);
    if (end == NULL) matcher->level--;
    return end;
}

static const char *close_capture(struct matcher *matcher, const char *at, const char *pattern) {
    int index = matcher->level - 1;
    while (index >= 0 && matcher->captures[index].length != CAPTURE_OPEN) index--;
    if (index < 0) luaL_error(matcher->lua, "invalid pattern capture");
    matcher->captures[index].length = at - matcher->captures[index].start;
    const char *end = matcher_match(matcher, at, pattern);
    if (end == NULL) matcher->captures[index].length = CAPTURE_OPEN;
    return end;
}

/// `*` and `+`: as many as fit, then one less until the rest matches.
static const char *match_most(struct matcher *matcher, const char *at, const char *item, const char *end) {
    ptrdiff_t count = 0;
    while (fits(matcher, at + count, item, end)) count++;
    for (; count >= 0; count--) {
        const char *rest = matcher_match(matcher, at + count, end + 1);
        if (rest) return rest;
    }
    return NULL;
}

/// `-`: none, then one more until the rest matches.
static const char *match_least(struct matcher *matcher, const char *at, const char *item, const char *end) {
    for (;;) {
        const char *rest = matcher_match(matcher, at, end + 1);
        if (rest) return rest;
        if (!fits(matcher, at, item, end)) return NULL;
        at++;
    }
}

/// `%f[set]`: between a byte outside and one inside of the set; beyond both ends stands a NUL.
static const char *match_frontier(struct matcher *matcher, const char *at, const char *set) {
    if (set >= matcher->pattern_end || *set != '[') luaL_error(matcher->lua, "missing '[' after '%%f' in pattern");
    const char *end = item_end(matcher, set);
    step(matcher, 1 + (size_t)(end - set) / 4);
    unsigned char before = at == matcher->subject ? 0 : (unsigned char)at[-1];
    unsigned char after = at == matcher->subject_end ? 0 : (unsigned char)*at;
    return !is_in_set(before, set, end - 1) && is_in_set(after, set, end - 1) ? end : NULL;
}

/// Goes on as long as there is only one way; what may have to be tried again recurses.
static const char *match_on(struct matcher *matcher, const char *at, const char *pattern) {
    while (pattern < matcher->pattern_end) {
        step(matcher, 1);
        bool isLast = pattern + 1 == matcher->pattern_end;
        if (*pattern == '(') {
            bool isPosition = !isLast && pattern[1] == ')';
            return isPosition ? open_capture(matcher, at, pattern + 2, CAPTURE_POSITION)
                              : open_capture(matcher, at, pattern + 1, CAPTURE_OPEN);
        }
        if (*pattern == ')') return close_capture(matcher, at, pattern + 1);
        if (*pattern == '$' && isLast) return at == matcher->subject_end ? at : NULL;
        if (*pattern == '%' && !isLast && pattern[1] == 'b') {
            at = match_balance(matcher, at, pattern + 2);
            if (at == NULL) return NULL;
            pattern += 4;
            continue;
        }
        if (*pattern == '%' && !isLast && pattern[1] == 'f') {
            pattern = match_frontier(matcher, at, pattern + 2);
            if (pattern == NULL) return NULL;
            continue;
        }
        if (*pattern == '%' && !isLast && isdigit((unsigned char)pattern[1])) {
            at = match_again(matcher, at, pattern[1]);
            if (at == NULL) return NULL;
            pattern += 2;
            continue;
        }
        const char *end = item_end(matcher, pattern);
        switch (end < matcher->pattern_end ? *end : 0) {
        case '*': return match_most(matcher, at, pattern, end);
        case '+': return fits(matcher, at, pattern, end) ? match_most(matcher, at + 1, pattern, end) : NULL;
        case '-': return match_least(matcher, at, pattern, end);
        case '?':
            if (fits(matcher, at, pattern, end)) {
                const char *rest = matcher_match(matcher, at + 1, end + 1);
                if (rest) return rest;
            }
            pattern = end + 1;
            continue;
        default: break;
        }
        if (!fits(matcher, at, pattern, end)) return NULL;
        at++;
        pattern = end;
    }
    return at;
}

const char *matcher_match(struct matcher *matcher, const char *at, const char *pattern) {
    if (matcher->depth == LIMIT_PATTERN_DEPTH) luaL_error(matcher->lua, "pattern too complex");
    matcher->depth++;
    const char *end = match_on(matcher, at, pattern);
    matcher->depth--;
    return end;
}

void matcher_push(const struct matcher *matcher, int index, const char *start, const char *end) {
    if (index >= matcher->level) {
        if (index != 0) luaL_error(matcher->lua, "invalid capture index %%%d", index + 1);
        lua_pushlstring(matcher->lua, start, (size_t)(end - start));
        return;
    }
    const struct capture *capture = &matcher->captures[index];
    if (capture->length == CAPTURE_OPEN) luaL_error(matcher->lua, "unfinished capture");
    if (capture->length == CAPTURE_POSITION) {
        lua_pushinteger(matcher->lua, capture->start - matcher->subject + 1);
    } else {
        lua_pushlstring(matcher->lua, capture->start, (size_t)capture->length);
    }
}

int matcher_push_all(const struct matcher *matcher, const char *start, const char *end) {
    int count = matcher->level == 0 && start ? 1 : matcher->level;
    luaL_checkstack(matcher->lua, count, "too many captures");
    for (int index = 0; index < count; index++) matcher_push(matcher, index, start, end);
    return count;
}
