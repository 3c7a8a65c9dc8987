#include "utf8.h"

size_t utf8_next(const char *bytes, size_t length, uint32_t *scalar) {
    const unsigned char *at = (const unsigned char *)bytes;
    if (length == 0) return 0;
    uint32_t value = at[0];
    if (value < 0x80) {
        if (scalar) *scalar = value;
        return 1;
    }
    size_t count = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
    if (value < 0xC2 || value > 0xF4 || length < count) return 0;
    value &= 0x7Fu >> count;
    for (size_t index = 1; index < count; index++) {
        if ((at[index] & 0xC0) != 0x80) return 0;
        value = value << 6 | (at[index] & 0x3Fu);
    }
    if (count == 3 && (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))) return 0;
    if (count == 4 && (value < 0x10000 || value > 0x10FFFF)) return 0;
    if (scalar) *scalar = value;
    return count;
}

size_t utf8_put(uint32_t scalar, char *bytes) {
    if (scalar < 0x80) {
        bytes[0] = (char)scalar;
        return 1;
    }
    size_t count = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
    for (size_t index = count - 1; index > 0; index--) {
        bytes[index] = (char)(0x80 | (scalar & 0x3F));
        scalar >>= 6;
    }
    bytes[0] = (char)(0xF00 >> count | scalar);
    return count;
}

size_t utf8_valid(const char *bytes, size_t length) {
    size_t at = 0;
    while (at < length) {
        if ((unsigned char)bytes[at] < 0x80) {
            at++;
            continue;
        }
        size_t step = utf8_next(bytes + at, length - at, NULL);
        if (step == 0) break;
        at += step;
    }
    return at;
}

size_t utf8_cut(const char *bytes, size_t length, size_t most) {
    if (length <= most) return length;
    while (most > 0 && ((unsigned char)bytes[most] & 0xC0) == 0x80) most--;
    return most;
}
