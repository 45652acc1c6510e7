// Something that happens while a call of Larder's is under way.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "support/database.h"

namespace support {

// Runs `then` once: when a statement of `db` with `part` in its text begins (SQLITE_TRACE_STMT) or
// has ended (SQLITE_TRACE_PROFILE).
class Moment {
 public:
  Moment(Database& db, unsigned event, std::string part, std::function<void()> then)
      : db_(db), part_(std::move(part)), then_(std::move(then)) {
    sqlite3_trace_v2(db.get(), event, came, this);
  }
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;
  ~Moment() { sqlite3_trace_v2(db_.get(), 0, nullptr, nullptr); }
  bool has_come() const { return has_come_; }

 private:
  static int came(unsigned, void* self, void* statement, void*) {
    auto& moment = *static_cast<Moment*>(self);
    const std::string sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    if (moment.has_come_ || sql.find(moment.part_) == std::string::npos) return 0;
    moment.has_come_ = true;
    moment.then_();
    return 0;
  }

  Database& db_;
  std::string part_;
  std::function<void()> then_;
  bool has_come_ = false;
};

}  // namespace support
