// In which order the versions of a source run.
#include "migration/version_order.h"

#include <iterator>
#include <limits>

namespace larder {

VersionOrder VersionOrder::by_list(const std::vector<std::int64_t>& versions) {
  VersionOrder order;
  order.kind_ = Kind::kList;
  for (const std::int64_t version : versions)
    order.keys_.emplace(version, Key{static_cast<std::int64_t>(order.keys_.size())});
  return order;
}

VersionOrder VersionOrder::by_parts() {
  VersionOrder order;
  order.kind_ = Kind::kParts;
  return order;
}

void VersionOrder::add(const FlywayVersion& version) {
  if (kind_ != Kind::kParts) return;
  keys_.emplace(version.number(), version.parts());
  has_parts_ = has_parts_ || version.parts().size() > 1;
}

bool VersionOrder::is_certain_of(std::int64_t version) const {
  return kind_ != Kind::kParts || is_by_number() || version < 0 || keys_.contains(version) ||
         FlywayVersion::of_number(version);
}

VersionOrder::Place VersionOrder::place_of(std::int64_t version) const {
  constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();
  if (version < 0) return {{}, version};
  if (const auto known = keys_.find(version); known != keys_.end())
    return {known->second, kBeforeAll};
  if (kind_ == Kind::kParts) {
    const auto named = FlywayVersion::of_number(version);
    return {named ? named->parts() : Key{version}, version};
  }
  const auto next = keys_.upper_bound(version);
  return {next == keys_.begin() ? Key() : std::prev(next)->second, version};
}

}  // namespace larder
