#ifndef CELL_STORAGE_H
#define CELL_STORAGE_H

#include "bounds.h"
#include "output.h"

#include <lua5.4/lua.h>
#include <stdbool.h>

struct storage_entry {
    struct span key;
    /// JSON; empty in a change that deletes.
    struct span value;
};

/// What an instance has stored, in no order.
struct storage {
    struct storage_entry *list;
    size_t count;
    size_t room;
    size_t bytes;
};

/// What a callback has written and has not yet been committed.
struct storage_changes {
    struct storage_entry list[LIMIT_STORAGE_OPERATIONS];
    size_t count;
};

/// Adds the members of an object; false where it is none or over a limit.
bool storage_read(struct storage *storage, struct span json);
void storage_free(struct storage *storage);

/// Makes the changes true and adds them to `operations` as `["set",key,value]` and `["delete",key]`, each with a comma
/// before it.
void storage_commit(struct storage *storage, struct storage_changes *changes, struct output *operations);
void storage_discard(struct storage_changes *changes);

/// Pushes the table `storage`.
void storage_open(lua_State *lua);

#endif
