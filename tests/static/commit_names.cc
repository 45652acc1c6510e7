// The commits and records of the model, made by the real code.
#include <algorithm>
#include <bit>

#include "commit_model.h"

namespace commit_model {

using larder::Commit;
using larder::CommitRecord;
using larder::CommitRing;

namespace {

constexpr std::uint32_t kPlaces = 2;
using Places = std::array<CommitRing::Place, kPlaces>;

// Where each piece of a record begins: what it follows, what it says, the checksum.
constexpr std::size_t kWords = sizeof(CommitRing::Place) / sizeof(std::uint64_t);
constexpr std::array<std::size_t, 4> kPieces{0, 3, kWords - 1, kWords};

std::uint32_t mixed(std::uint32_t a, std::uint32_t b) {
  return (a ^ b * 2654435761U) * 2246822519U + 1;
}

// A salt is in the order of SQLite's files.
std::uint32_t next_salt(std::uint32_t salt) {
  const std::uint32_t number = larder::big_endian(salt) + 1;
  return larder::big_endian(number);
}

}  // namespace

Names::Names() : commits_(1), parents_(1), told_(1) {}

Id Names::of(const Commit& commit) {
  const auto [place, is_new] =
      ids_.try_emplace(std::bit_cast<CommitWords>(commit), static_cast<Id>(commits_.size()));
  if (is_new) {
    commits_.push_back(commit);
    parents_.push_back(0);
  }
  return place->second;
}

Id Names::of_record(Id before, Id after, std::uint8_t row) {
  const auto [place, is_new] =
      record_ids_.try_emplace({before, after, row}, static_cast<Id>(told_.size()));
  if (!is_new) return place->second;
  Told told{{commit(before), commit(after), row}, {}};
  Places places{};
  CommitRing(places.data(), kPlaces).tell(told.record);
  const auto& words = places[place_after(before)].words;
  std::copy(words.begin(), words.end(), told.words.begin());
  told_.push_back(told);
  return place->second;
}

std::size_t Names::place_after(Id id) const { return (commit(id).number + 1) % kPlaces; }

// Number and frames are in the one half, checksum and salts in the other.
Id Names::mixture(Id first_half, Id other_half) {
  if (first_half == other_half) return first_half;
  Commit mixture = commit(other_half);
  mixture.number = commit(first_half).number;
  mixture.frames = commit(first_half).frames;
  return of(mixture);
}

Id Names::following(Id id, std::uint8_t row, std::uint8_t version) {
  Commit next = commit(id);
  ++next.number;
  ++next.frames;
  const std::uint32_t content = version * 2U + row;
  next.checksum = {mixed(next.checksum[0], content), mixed(next.checksum[1], ~content)};
  const Id following = of(next);
  parents_[following] = id;
  return following;
}

Id Names::recovered(Id log) {
  Commit again = commit(log);
  again.number = 0;
  const Id recovered = of(again);
  if (recovered != log) parents_[recovered] = parents_[log];
  return recovered;
}

Id Names::restarted(Id id) {
  Commit restarted = commit(id);
  restarted.frames = 0;
  restarted.salts = {next_salt(restarted.salts[0]), mixed(restarted.salts[1], 7)};
  return of(restarted);
}

std::optional<Commit> Names::in_log(Id last, const Commit& like, std::uint32_t frames) const {
  for (Id id = last; id != 0 && commit(id).salts == like.salts; id = parents_[id])
    if (commit(id).frames == frames) return commit(id);
  return {};
}

std::optional<CommitRecord> Names::found(const std::array<Id, 3>& pieces, Id id) const {
  Places places{};
  auto& words = places[place_after(id)].words;
  for (std::size_t piece = 0; piece < pieces.size(); ++piece)
    for (std::size_t word = kPieces[piece]; word < kPieces[piece + 1]; ++word)
      words[word] = told_[pieces[piece]].words[word];
  return CommitRing(places.data(), kPlaces).after(commit(id));
}

}  // namespace commit_model
