// The migrations declared on this connection.
#include "migration/declarations.h"

#include <algorithm>

namespace larder {

void Declarations::add(Migration migration) {
  const std::int64_t version = migration.version;
  own()[version] = std::make_shared<const Migration>(std::move(migration));
}

const Migration* Declarations::find(std::int64_t version) const {
  const auto found = current_->find(version);
  return found != current_->end() ? found->second.get() : nullptr;
}

Migrations Declarations::all() const {
  Migrations result;
  for (const auto& [version, migration] : *current_) result.push_back(*migration);
  return result;
}

Declarations::ByVersion& Declarations::own() {
  if (current_.use_count() > 1) current_ = std::make_shared<ByVersion>(*current_);
  return *current_;
}

void Declarations::rollback() {
  if (!saved_.empty()) current_ = std::move(saved_.front().second);
  saved_.clear();
}

void Declarations::release(int level) {
  while (!saved_.empty() && saved_.back().first >= level) saved_.pop_back();
}

void Declarations::rollback_to(int level) {
  const auto from = std::find_if(saved_.begin(), saved_.end(),
                                 [&](const auto& saved) { return saved.first >= level; });
  if (from == saved_.end()) return;  // no memory was left to save it, so nothing came after it
  current_ = from->second;
  // The table may have come into use after `level` began. Then this is an inner savepoint.
  from->first = level;
  saved_.erase(from + 1, saved_.end());
}

}  // namespace larder
