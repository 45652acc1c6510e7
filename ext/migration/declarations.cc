// The migrations declared on this connection.
#include "migration/declarations.h"

namespace larder {

void Declarations::add(Migration migration) {
  const std::int64_t version = migration.version;
  current_[version] = std::make_shared<const Migration>(std::move(migration));
  refused_.erase(version);
}

void Declarations::refuse(Migration migration) {
  const std::int64_t version = migration.version;
  refused_[version] = std::make_shared<const Migration>(std::move(migration));
}

Migrations Declarations::all() const {
  ByVersion merged = refused_;
  merged.insert(current_.begin(), current_.end());
  Migrations result;
  for (const auto& [version, migration] : merged) result.push_back(*migration);
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
