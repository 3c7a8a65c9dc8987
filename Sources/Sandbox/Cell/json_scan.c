#include "json.h"
#include "bounds.h"
#include "utf8.h"

#include <string.h>

static const char *skip_space(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
    return at;
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static const char *skip_digits(const char *at, const char *end) {
    while (at < end && is_digit(*at)) at++;
    return at;
}

static const char *skip_number(const char *at, const char *end) {
    if (at < end && *at == '-') at++;
    if (at >= end || !is_digit(*at)) return NULL;
    at = *at == '0' ? at + 1 : skip_digits(at, end);
    if (at < end && *at == '.') {
        if (++at >= end || !is_digit(*at)) return NULL;
        at = skip_digits(at, end);
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        if (at >= end || !is_digit(*at)) return NULL;
        at = skip_digits(at, end);
    }
    return at;
}

/// Four hexadecimal digits, or -1.
static int32_t hexadecimal(const char *at, const char *end) {
    if (end - at < 4) return -1;
    int32_t value = 0;
    for (int index = 0; index < 4; index++) {
        char byte = at[index];
        int digit = is_digit(byte)                 ? byte - '0'
                    : (byte >= 'a' && byte <= 'f') ? byte - 'a' + 10
                    : (byte >= 'A' && byte <= 'F') ? byte - 'A' + 10
                                                   : -1;
        if (digit < 0) return -1;
        value = value << 4 | digit;
    }
    return value;
}

/// Reads what follows a backslash; NULL where it is no escape, or half a surrogate pair.
static const char *skip_escape(const char *at, const char *end, uint32_t *scalar) {
    if (at >= end) return NULL;
    static const char names[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (*at != 'u') {
        const char *found = *at ? strchr(names, *at) : NULL;
        if (found == NULL) return NULL;
        *scalar = (uint32_t)meant[found - names];
        return at + 1;
    }
    int32_t high = hexadecimal(at + 1, end);
    if (high < 0) return NULL;
    at += 5;
    *scalar = (uint32_t)high;
    if (high < 0xD800 || high > 0xDFFF) return at;
    if (high > 0xDBFF || end - at < 6 || at[0] != '\\' || at[1] != 'u') return NULL;
    int32_t low = hexadecimal(at + 2, end);
    if (low < 0xDC00 || low > 0xDFFF) return NULL;
    *scalar = 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    return at + 6;
}

/// For every byte whether it can stand in a JSON text as it is.
static const bool plain[256] = {
    [0x20] = true,       [0x21] = true,       [0x23 ... 0x5B] = true, [0x5D ... 0x7F] = true,
};

/// The marks of bytes that cannot stand in a JSON text as they are.
///
/// A borrow may mark a byte too many, but only behind one that counts.
static uint64_t marks(const char *bytes) {
    static const uint64_t ones = 0x0101010101010101u;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t quote = word ^ ones * '"';
    uint64_t escape = word ^ ones * '\\';
    uint64_t found = word | (word - ones * 0x20) | (quote - ones) | (escape - ones);
    return found & 0x8080808080808080u;
}

/// Where the first of eight bytes stands that has a mark; bytes of a word count from its lowest.
static size_t first_of(uint64_t marks) {
    return (size_t)__builtin_ctzll(marks) / 8;
}

size_t json_plain(const char *bytes, size_t length) {
    size_t at = 0;
    if (length >= 8) {
        for (; at + 8 <= length; at += 8) {
            uint64_t found = marks(bytes + at);
            if (found) return at + first_of(found);
        }
        // The last eight once more, of which the first were plain.
        uint64_t found = marks(bytes + length - 8);
        return found ? length - 8 + first_of(found) : length;
    }
    while (at < length && plain[(unsigned char)bytes[at]]) at++;
    return at;
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte is the lowest of its word");

static const char *skip_text(const char *at, const char *end) {
    at++;
    while (at < end) {
        at += json_plain(at, (size_t)(end - at));
        if (at >= end) return NULL;
        unsigned char byte = (unsigned char)*at;
        if (byte == '"') return at + 1;
        if (byte < 0x20) return NULL;
        if (byte == '\\') {
            uint32_t scalar;
            at = skip_escape(at + 1, end, &scalar);
            if (at == NULL) return NULL;
        } else {
            size_t step = utf8_next(at, (size_t)(end - at), NULL);
            if (step == 0) return NULL;
            at += step;
        }
    }
    return NULL;
}

static const char *skip_word(const char *at, const char *end, const char *word) {
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && memcmp(at, word, length) == 0 ? at + length : NULL;
}

static const char *skip_value(const char *at, const char *end, int depth);

static const char *skip_container(const char *at, const char *end, int depth, char close) {
    if (depth == 0) return NULL;
    at = skip_space(at + 1, end);
    if (at < end && *at == close) return at + 1;
    while (at < end) {
        if (close == '}') {
            if (*at != '"' || (at = skip_text(at, end)) == NULL) return NULL;
            at = skip_space(at, end);
            if (at >= end || *at != ':') return NULL;
            at = skip_space(at + 1, end);
        }
        at = skip_value(at, end, depth - 1);
        if (at == NULL) return NULL;
        at = skip_space(at, end);
        if (at >= end) return NULL;
        if (*at == close) return at + 1;
        if (*at != ',') return NULL;
        at = skip_space(at + 1, end);
    }
    return NULL;
}

/// The end of the value that begins here, or NULL where it is not one.
static const char *skip_value(const char *at, const char *end, int depth) {
    if (at >= end) return NULL;
    switch (*at) {
    case '{': return skip_container(at, end, depth, '}');
    case '[': return skip_container(at, end, depth, ']');
    case '"': return skip_text(at, end);
    case 't': return skip_word(at, end, "true");
    case 'f': return skip_word(at, end, "false");
    case 'n': return skip_word(at, end, "null");
    default: return skip_number(at, end);
    }
}

bool json_valid(struct span text) {
    const char *end = text.start + text.length;
    const char *at = skip_value(skip_space(text.start, end), end, LIMIT_JSON_DEPTH_IN);
    return at != NULL && skip_space(at, end) == end;
}

struct json_cursor json_walk(struct span value) {
    const char *end = value.start + value.length;
    const char *at = skip_space(value.start, end);
    if (at >= end || (*at != '{' && *at != '[')) return (struct json_cursor){end, end};
    return (struct json_cursor){at + 1, end};
}

bool json_next(struct json_cursor *cursor, struct span *key, struct span *value) {
    const char *end = cursor->end;
    const char *at = skip_space(cursor->at, end);
    if (at < end && *at == ',') at = skip_space(at + 1, end);
    cursor->at = end;
    if (at >= end || *at == '}' || *at == ']') return false;
    *key = (struct span){at, 0};
    const char *after = skip_value(at, end, LIMIT_JSON_DEPTH_IN);
    if (after == NULL) return false;
    const char *next = skip_space(after, end);
    if (*at == '"' && next < end && *next == ':') {
        key->length = (size_t)(after - at);
        at = skip_space(next + 1, end);
        after = skip_value(at, end, LIMIT_JSON_DEPTH_IN);
        if (after == NULL) return false;
    }
    *value = (struct span){at, (size_t)(after - at)};
    cursor->at = after;
    return true;
}

void json_members(struct span object, const char *const *names, struct span *values, size_t count) {
    for (size_t index = 0; index < count; index++) values[index] = (struct span){"", 0};
    struct json_cursor cursor = json_walk(object);
    struct span key;
    struct span value;
    while (json_next(&cursor, &key, &value)) {
        if (key.length < 2 || span_is(value, "null")) continue;
        struct span name = {key.start + 1, key.length - 2};
        for (size_t index = 0; index < count; index++) {
            if (span_is(name, names[index])) values[index] = value;
        }
    }
}

bool json_integer(struct span value, int64_t *number) {
    const char *at = value.start;
    const char *end = at + value.length;
    bool negative = at < end && *at == '-';
    if (negative) at++;
    if (at >= end) return false;
    int64_t total = 0;
    for (; at < end; at++) {
        if (!is_digit(*at)) return false;
        if (__builtin_mul_overflow(total, 10, &total)) return false;
        int digit = negative ? '0' - *at : *at - '0';
        if (__builtin_add_overflow(total, digit, &total)) return false;
    }
    *number = total;
    return true;
}

bool json_text(struct span value, struct output *text) {
    if (value.length < 2 || *value.start != '"') return false;
    const char *at = value.start + 1;
    const char *end = value.start + value.length - 1;
    while (at < end) {
        const char *run = at;
        while (at < end && *at != '\\') at++;
        output_add(text, run, (size_t)(at - run));
        if (at >= end) break;
        uint32_t scalar;
        at = skip_escape(at + 1, end, &scalar);
        if (at == NULL) return false;
        char bytes[4];
        output_add(text, bytes, utf8_put(scalar, bytes));
    }
    return true;
}
