// The migrations that INSERT INTO kv_migration declared on this connection. They belong to the
// connection as files belong to a directory: the database keeps only what was applied. They follow
// the transactions of the connection as rows would.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "migration/migration.h"

namespace larder {

class Declarations {
 public:
  // Declares `migration`, in place of an earlier one of its version.
  void add(Migration migration);

  // Takes the declaration of `version` back.
  void remove(std::int64_t version) { own().erase(version); }

  // The declaration of `version`, or nullptr; good until the next change.
  const Migration* find(std::int64_t version) const;

  // Everything declared, by version.
  Migrations all() const;

  // What the callbacks of these names do for the virtual table. Undoing allocates no memory.
  void begin() {
    if (saved_.empty()) saved_ = {current_};  // else a second table of the module has joined
  }
  void commit() { saved_.clear(); }
  void rollback();
  void savepoint(int level);
  void release(int level);
  void rollback_to(int level);

 private:
  // The migrations are shared, so that keeping an earlier state copies no script.
  using ByVersion = std::map<std::int64_t, std::shared_ptr<const Migration>>;

  // The current state, to be changed. When it is also saved as an earlier one, it is copied first.
  ByVersion& own();

  std::shared_ptr<ByVersion> current_ = std::make_shared<ByVersion>();
  // As at the beginning of the transaction, and then of each savepoint, from level 0 on.
  std::vector<std::shared_ptr<ByVersion>> saved_;
};

}  // namespace larder
