// What is compared: the same operations by Larder (larder.cc) and by hand-written SQL (hand.cc).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bench/database.h"

namespace bench {

struct Row {
  std::string_view key;  // or the id of a ledger
  std::string_view value;
  std::int64_t ttl = 3600;
};

// By hand, ?2 being the time.
inline constexpr char kGetByHand[] =
    "SELECT value FROM cache WHERE key = ?1 AND (expires_at IS NULL OR expires_at > ?2)";

class Side {
 public:
  explicit Side(const std::string& path) : database_(path) {}
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;
  virtual ~Side() = default;

  // One operation. The answer tells whether the operation did what its workload expects of it, so
  // that none is fast by doing nothing.
  virtual bool get(const Row& row) = 0;   // true for a hit
  virtual bool set(const Row& row) = 0;   // true
  virtual bool mark(const Row& row) = 0;  // true for a new id
  virtual bool seen(const Row& row) = 0;  // true for a known id

  // Everything in the table fetched(url, body), which must be attached, into the cache: where no
  // key is there yet, and over what is there. By hand that is a loop over prepared statements, or a
  // single INSERT ... SELECT, which calls nothing for a row and is the least there can be.
  virtual void copy() = 0;
  virtual void replace() = 0;
  virtual void copy_in_sql() = 0;
  virtual void replace_in_sql() = 0;

  // The same with feed(id, body), whose ids are in their order, and a ledger: each id waits with
  // its body; or both go into the table `item` if the id is new, and is marked.
  virtual void add_ids() = 0;
  virtual void mark_ids() = 0;

  // `rows` rows into an empty cache, key_of(0), key_of(1) ..., each with `value`; those with an odd
  // number live as long as `short_lived`, the others as long as `long_lived` seconds.
  struct Lives {
    std::int64_t short_lived;
    std::int64_t long_lived;
  };
  virtual void fill(std::int64_t rows, std::string_view value, Lives lives) = 0;

  // `rows` ids into an empty ledger, one of four of which waits while the others are done; these
  // are deleted; how many ids there are, counted by status; and all are forgotten.
  virtual void fill_ledger(std::int64_t rows) = 0;
  virtual void delete_done() = 0;
  virtual std::int64_t count_ids() = 0;
  virtual std::int64_t forget_ids() = 0;

  // Removes what will be dead in `ahead` seconds: at most `most` rows, or all. Returns how many.
  static constexpr std::int64_t kAll = INT64_MAX;
  virtual std::int64_t sweep(std::int64_t most, std::int64_t ahead) = 0;

  Database& database() { return database_; }

 private:
  Database database_;
};

// Opens or creates the file. `extension` is larder.so; hand-written SQL does without.
enum class Kind { kLarder, kHand };
inline constexpr Kind kKinds[] = {Kind::kLarder, Kind::kHand};
const char* name_of(Kind kind);
std::unique_ptr<Side> make_side(Kind kind, const std::string& path, const std::string& extension);

std::unique_ptr<Side> make_larder(const std::string& path, const std::string& extension);
std::unique_ptr<Side> make_hand(const std::string& path);

}  // namespace bench
