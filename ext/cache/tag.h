// Tags: words by which entries are removed together.
//
//   SELECT cache_set('page:7', '<html>…', '1h', 'author:12');
//   SELECT cache_clear_tag('author:12');
#pragma once

#include "store/connection.h"

namespace larder {

// The tag in an argument or a column: a text, or a number, which becomes one as a key does. nullptr
// for NULL and for an argument that was left out: no tag. Throws Error when it is a BLOB or empty.
sqlite3_value* tag_of(sqlite3_value* argument);

void cache_clear_tag(Connection& connection, Call& call);

}  // namespace larder
