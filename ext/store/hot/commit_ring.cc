// What connections tell each other of their commits.
#include "store/hot/commit_ring.h"

#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace larder {

namespace {

using Words = std::array<std::uint64_t, 9>;
using CommitWords = std::array<std::uint64_t, 3>;

enum WordOfRecord { kBefore = 0, kAfter = 3, kRow = 6, kSweptUntil = 7, kChecksum = 8 };

void put(Words& words, std::size_t at, const Commit& commit) {
  const auto of_commit = std::bit_cast<CommitWords>(commit);
  std::copy(of_commit.begin(), of_commit.end(), words.begin() + at);
}

Commit commit_at(const Words& words, std::size_t at) {
  return std::bit_cast<Commit>(CommitWords{words[at], words[at + 1], words[at + 2]});
}

std::uint64_t checksum_of(const Words& words) {
  return XXH3_64bits(words.data(), kChecksum * sizeof words[0]);
}

}  // namespace

void CommitRing::tell(const CommitRecord& record) {
  Words words{};
  put(words, kBefore, record.before);
  put(words, kAfter, record.after);
  words[kRow] = record.row;
  words[kSweptUntil] = std::bit_cast<std::uint64_t>(record.swept_until);
  words[kChecksum] = checksum_of(words);
  Place& place = place_after(record.before);
  for (std::size_t i = 0; i < words.size(); ++i)
    place.words[i].store(words[i], std::memory_order_relaxed);
}

std::optional<CommitRecord> CommitRing::record_after(const Commit& before) const {
  Words words{};
  const Place& place = place_after(before);
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = place.words[i].load(std::memory_order_relaxed);
  if (words[kChecksum] != checksum_of(words) || commit_at(words, kBefore) != before) return {};
  return CommitRecord{before, commit_at(words, kAfter), words[kRow],
                      std::bit_cast<double>(words[kSweptUntil])};
}

// An announcement leads nowhere: from `before` to `before`.
void CommitRing::announce(const Commit& before) { tell({before, before}); }

void CommitRing::retract(const Commit& before) {
  if (!is_announced(before) || after(before)) return;
  for (auto& word : place_after(before).words) word.store(0, std::memory_order_relaxed);
}

bool CommitRing::is_announced(const Commit& before) const {
  return record_after(before).has_value();
}

// (A forged record must not lead whoever follows in a circle.)
std::optional<CommitRecord> CommitRing::after(const Commit& before) const {
  auto record = record_after(before);
  if (record && record->after.number != before.number + 1) record.reset();
  return record;
}

}  // namespace larder
