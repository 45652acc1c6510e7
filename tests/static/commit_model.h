// A model of processes that share what they know of commits, small enough to look at every order in
// which their steps can come: two writers, which can be killed at any step, and one reader with two
// rows in memory. What they tell each other goes through the real CommitRing, of two places, piece
// by piece; what they tell of is decided by the real Commit.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "store/hot/commit_ring.h"

namespace commit_model {

// One rule less than there is, or another one.
enum class Mutant {
  kNone,
  kMatchedByNumber,  // a record follows every commit of the number
  kMatchedByPlace,   // a record follows whatever is asked for
  kNoChecksum,       // a mixture of two records is one
  kEndsAtNumber,     // what a record leads to is the newest commit when it has its number
  kGoesOnAtGap,      // a commit without a record has changed nothing
  kNotProved,        // told of without the lock, whoever else may have committed
  kRestartNotProved  // a log that was begun anew was so by whom it looks like
};

// What others can come between.
enum class Torn { kNothing, kRecords, kAll };

struct Bounds {
  int commits, kills, restarts;
  bool is_locked;  // writers look at the newest commit when they have the lock, not before it
  Torn torn;
};

using Id = std::uint16_t;                      // of a commit or a record in Names; 0 for none
using Versions = std::array<std::uint8_t, 2>;  // of the two rows

struct Writer {
  enum Phase : std::uint8_t {
    kIdle,
    kSeen,  // has looked at the newest commit, without the lock
    kLocked,
    kHalf,  // the second copy of the header is written
    kTorn,  // and half of the first
    kCommitted,
    kLooking,  // has read the first half of the header
    kProving,
    kTelling
  };
  Phase phase = kIdle;
  std::uint8_t row = 0, pieces_told = 0;
  bool holds_lock = false, commits = false, tells = false;
  Id before = 0, at_lock = 0, target = 0, seen = 0, record = 0;
  auto operator<=>(const Writer&) const = default;
};

struct Reader {
  enum Phase : std::uint8_t {
    kIdle,
    kFollowing,
    kLooking,
    kWalking,
    kSelecting,
    kKeeping,
    kChecking
  };
  Phase phase = kIdle;
  std::uint8_t row = 0, value = 0, pieces_read = 0;
  Versions rows{1, 1};            // 0: not in memory
  std::array<bool, 2> was_old{};  // when the look began
  Id commit = 0, seen = 0, newest = 0;
  std::array<Id, 3> place{};
  bool operator==(const Reader&) const = default;
};

// The header of the wal-index is written twice, as SQLite does: the second copy first. The two
// halves of the first copy, which Larder reads, are written and read one after the other.
struct World {
  Id second = 0, first_half = 0, other_half = 0;
  Id log = 0, old_log = 0;  // the last commit in it, and in what a new one has not overwritten yet
  Versions in_log{1, 1}, newest{1, 1};
  std::uint8_t commits = 0, kills = 0, restarts = 0, unused = 0;
  std::array<std::array<Id, 3>, 2> ring{};  // of each piece of each place: from which record it is
  std::array<Writer, 2> writers;
  Reader reader;
  bool operator==(const World&) const = default;
  bool is_sound() const { return second == first_half && second == other_half; }
  bool is_locked() const { return writers[0].holds_lock || writers[1].holds_lock; }
};
static_assert(std::has_unique_object_representations_v<World>, "its bytes are hashed");

// All commits and records that came up, as numbers that fit into a byte.
class Names {
 public:
  Names();
  Id of(const larder::Commit& commit);
  Id of_record(Id before, Id after, std::uint8_t row);
  const larder::Commit& commit(Id id) const { return commits_[id]; }
  const larder::CommitRecord& record(Id id) const { return told_[id].record; }

  std::size_t place_after(Id commit) const;

  Id mixture(Id first_half, Id other_half);  // of two headers
  Id following(Id commit, std::uint8_t row, std::uint8_t version);
  Id recovered(Id log);     // by who finds a header that is not whole
  Id restarted(Id commit);  // by who begins the log anew
  // What of the log that ends with `last` ends at `frames`, if it has the salts of `like`.
  std::optional<larder::Commit> in_log(Id last, const larder::Commit& like,
                                       std::uint32_t frames) const;
  // What the real ring finds in a place with these pieces of records.
  std::optional<larder::CommitRecord> found(const std::array<Id, 3>& pieces, Id commit) const;

 private:
  using Words =
      std::array<std::uint64_t, sizeof(larder::CommitRing::Place) / sizeof(std::uint64_t)>;
  struct Told {
    larder::CommitRecord record;
    Words words;
  };
  using CommitWords = std::array<std::uint32_t, 6>;
  std::map<CommitWords, Id> ids_;
  std::vector<larder::Commit> commits_;
  std::vector<Id> parents_;
  std::vector<Told> told_;
  std::map<std::tuple<Id, Id, std::uint8_t>, Id> record_ids_;
};

struct Outcome {
  std::size_t states = 0;
  std::size_t answers = 0, followed = 0;  // how often the reader did that
  bool is_stale = false;
};

// The steps that can come next, from state to state.
class Exploration {
 public:
  Exploration(const Bounds& bounds, Mutant mutant) : bounds_(bounds), mutant_(mutant) {}
  Outcome run();

 private:
  struct Hash {
    std::size_t operator()(const World& world) const;
  };
  void reach(World world);

  // Of a writer (commit_writer.cc).
  void kill(World world, std::size_t i);
  void write(World world, std::size_t i);
  void lock(World& world, std::size_t i);
  void be_locked(const World& world, Writer& writer);
  static void begin_header(World& world, Writer& writer, Id target);
  void change(const World& locked, std::size_t i);
  void commit(World world, std::size_t i, std::uint8_t row, bool tells);
  void write_whole_header(World& world, Writer& writer);
  void prove(World& world, Writer& writer);
  std::optional<larder::Commit> in_log(const World& world, const larder::Commit& before,
                                       std::uint32_t frames);
  void finish_proof(World& world, Writer& writer);
  void tell(World& world, Writer& writer);

  // Of the reader (commit_reader.cc).
  void read(World world);
  void look(World& world);
  static bool is_empty(const Reader& reader);
  static void begin_walk(Reader& reader);
  void answer(const World& world);
  void lose(World world);
  void walk(World& world);
  std::optional<larder::CommitRecord> found(const Reader& reader);
  void select(World& world);
  void rest(World world);

  const Bounds bounds_;
  const Mutant mutant_;
  Names names_;
  std::unordered_set<World, Hash> states_;
  std::vector<World> ahead_;
  Outcome outcome_;
};

// Goes through every state, or to the first stale answer.
Outcome explore(const Bounds& bounds, Mutant mutant);

}  // namespace commit_model
