// Larder as these tests have it: linked into the program.
#include "faults/calls.h"

extern "C" {
int sqlite3_larder_init(sqlite3*, char**, const sqlite3_api_routines*);
int sqlite3_larder_bare_init(sqlite3*, char**, const sqlite3_api_routines*);
}

namespace support {

Outcome load_larder(Database& db, bool is_bare) {
  Outcome outcome;
  const auto load = is_bare ? sqlite3_larder_bare_init : sqlite3_larder_init;
  outcome.code = load(db.get(), nullptr, nullptr);
  return outcome;
}

}  // namespace support
