#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include <stddef.h>

/// A page file that is part of the program.
typedef struct {
    /// Its path below the web folder.
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t length;
} web_asset_file;

/// How many there are.
size_t web_assets_count(void);

/// One of them; the index must be below the count.
web_asset_file web_asset(size_t index);

#endif
