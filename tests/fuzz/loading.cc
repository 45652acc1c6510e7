// How the calls of tests/faults find Larder here: it is linked in.
#include "faults/calls.h"

extern "C" int sqlite3_larder_init(sqlite3*, char**, const sqlite3_api_routines*);
extern "C" int sqlite3_larder_bare_init(sqlite3*, char**, const sqlite3_api_routines*);

namespace support {

Outcome load_larder(Database& db, bool is_bare) {
  Outcome outcome;
  outcome.code = is_bare ? sqlite3_larder_bare_init(db.get(), nullptr, nullptr)
                         : sqlite3_larder_init(db.get(), nullptr, nullptr);
  return outcome;
}

}  // namespace support
