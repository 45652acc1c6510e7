// The migrations declared on this connection.
#include "migration/declarations.h"

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

namespace {

// The place in saved_ of what level `level` began with.
std::size_t place_of_level(int level) { return static_cast<std::size_t>(level) + 1; }

}  // namespace

void Declarations::rollback() {
  if (!saved_.empty()) current_ = std::move(saved_.front());
  saved_.clear();
}

// SQLite tells a table that comes into use inside several savepoints of the innermost alone. The
// outer ones have begun with the same.
void Declarations::savepoint(int level) {
  release(level);
  saved_.resize(place_of_level(level) + 1, current_);
}

void Declarations::release(int level) {
  if (saved_.size() > place_of_level(level)) saved_.resize(place_of_level(level));
}

void Declarations::rollback_to(int level) {
  const std::size_t place = place_of_level(level);
  if (place >= saved_.size()) return;  // no memory was left to save it, so nothing came after it
  current_ = saved_[place];
  saved_.resize(place + 1);
}

}  // namespace larder
