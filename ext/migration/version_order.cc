// In which order the versions of a source run.
#include "migration/version_order.h"

#include <iterator>
#include <limits>

#include "migration/flyway_version.h"

namespace larder {

VersionOrder VersionOrder::by_text(std::map<std::int64_t, std::string> texts) {
  VersionOrder order;
  order.kind_ = Kind::kText;
  order.texts_ = std::move(texts);
  return order;
}

VersionOrder VersionOrder::by_parts() {
  VersionOrder order;
  order.kind_ = Kind::kParts;
  return order;
}

void VersionOrder::add(const FlywayVersion& version) {
  texts_.emplace(version.number(), version.sort_key());
  has_parts_ = has_parts_ || version.has_parts();
}

VersionOrder::Place VersionOrder::place_of(std::int64_t version) const {
  constexpr std::int64_t kBeforeAll = std::numeric_limits<std::int64_t>::min();
  const auto next = texts_.upper_bound(version);
  if (next != texts_.begin() && std::prev(next)->first == version)
    return {std::prev(next)->second, kBeforeAll};
  if (kind_ == Kind::kParts && version >= 0)
    return {FlywayVersion::of_number(version).sort_key(), version};
  if (next == texts_.begin() || version < 0) return {"", version};
  return {std::prev(next)->second, version};
}

}  // namespace larder
