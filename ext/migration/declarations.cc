// The migrations declared on this connection.
#include "migration/declarations.h"

namespace larder {

void Declarations::add(Migration migration) {
  const std::int64_t version = migration.version;
  current_[version] = std::make_shared<const Migration>(std::move(migration));
}

const Migration* Declarations::find(std::int64_t version) const {
  const auto found = current_.find(version);
  return found != current_.end() ? found->second.get() : nullptr;
}

Migrations Declarations::all() const {
  Migrations result;
  for (const auto& [version, migration] : current_) result.push_back(*migration);
  return result;
}

void Declarations::rollback() {
  if (!saved_.empty()) current_ = std::move(saved_.front().second);
  saved_.clear();
}

void Declarations::release(int level) {
  while (!saved_.empty() && saved_.back().first >= level) saved_.pop_back();
}

void Declarations::rollback_to(int level) {
  while (!saved_.empty() && saved_.back().first > level) saved_.pop_back();
  if (!saved_.empty()) current_ = saved_.back().second;
}

}  // namespace larder
