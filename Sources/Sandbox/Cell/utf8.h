#ifndef CELL_UTF8_H
#define CELL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/// The length of the character that begins here, or 0 where the bytes are not UTF-8 (RFC 3629: no surrogates, nothing
/// over U+10FFFF, no longer form than needed). `scalar` may be NULL.
size_t utf8_next(const char *bytes, size_t length, uint32_t *scalar);

/// Writes a character and says how many bytes it took; `bytes` has room for 4.
size_t utf8_put(uint32_t scalar, char *bytes);

/// How many bytes from the start are UTF-8.
size_t utf8_valid(const char *bytes, size_t length);

/// The longest prefix of at most `most` bytes that ends between two characters.
size_t utf8_cut(const char *bytes, size_t length, size_t most);

#endif
