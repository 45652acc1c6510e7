// Larder as these tests have it: a file that is loaded.
#include "faults/calls.h"

namespace support {

Outcome load_larder(Database& db, bool is_bare) {
  return db.load(is_bare ? "sqlite3_larder_bare_init" : nullptr);
}

}  // namespace support
