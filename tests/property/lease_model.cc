// Leases, runs and the claims of the cache against a model of each: random calls of three owners,
// who remember tokens of long ago, under a clock that goes forward and sometimes back. The models
// know the rules of sql/README.md and nothing of the tables. Times are whole milliseconds here.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "property/prepared.h"

namespace {

using support::Argument;
using support::Database;
using support::PreparedCall;

using Time = sqlite3_int64;
constexpr Time kNever = INT64_MAX;

double seconds(Time time) { return static_cast<double>(time) / 1000.0; }
Argument duration(Time time) {
  return time == kNever ? Argument(nullptr) : Argument(seconds(time));
}
Time end_of(Time now, Time duration) { return duration == kNever ? kNever : now + duration; }

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(engine_); }
  bool one_in(int n) { return below(n) == 0; }
  Time lease() { return one_in(200) ? kNever : 1 + below(one_in(4) ? 50 : 3000); }
  std::string name(const char* kind, int n) { return kind + std::to_string(below(n)); }

 private:
  std::mt19937 engine_;
};

// What all three tests share: the database, its clock, and the place where a difference is said.
class World {
 public:
  explicit World(unsigned seed) : random(seed), seed_(seed) { set_clock(now); }

  void next_operation() {
    ++operation_;
    if (!random.one_in(3)) return;
    set_clock(now + (random.one_in(20) ? -random.below(2000) : random.below(300)));
  }

  // Returns whether the difference is none.
  template <class T>
  bool expect(const T& got, const T& want, const std::string& call) {
    EXPECT_EQ(got, want) << call << ", operation " << operation_ << " of seed " << seed_ << " at "
                         << now << " ms";
    return got == want;
  }

  void set_clock(Time time) {
    now = time;
    clock_({seconds(now)});
  }

  struct Loaded : Database {
    Loaded() { EXPECT_TRUE(load().ok()); }
  };
  Loaded db;
  Random random;
  Time now = 1000000000;

 private:
  PreparedCall clock_{db, "SELECT kv_clock(?1) IS NULL"};
  unsigned seed_;
  int operation_ = 0;
};

struct Lease {
  std::string owner;
  sqlite3_int64 token = 0;
  Time end = 0;
  bool released = true;
  sqlite3_int64 greatest = 0;  // of all tokens this name ever had

  bool is_held(Time now) const { return !released && end > now; }
  bool is_held_by(sqlite3_int64 by, Time now) const { return is_held(now) && token == by; }
};

class LeaseTest : public World {
 public:
  using World::World;

  bool step() {
    next_operation();
    const std::string name = random.name("lease", 5);
    Lease& lease = leases_[name];
    switch (random.below(10)) {
      case 0:
      case 1:
      case 2:
        return acquire(name, lease, random.name("owner", 3));
      case 3:
      case 4:
      case 5:
        return renew(name, lease, any_token(lease));
      case 6:
        return release(name, lease, any_token(lease));
      case 7:
      case 8:
        return check(name, lease, any_token(lease));
      default:
        if (!random.one_in(20)) return count();
        return sweep();
    }
  }

 private:
  // What was swept as dead does not come back to life with an earlier clock.
  bool sweep() {
    sweep_({});
    for (auto& [name, lease] : leases_) lease.released = !lease.is_held(now);
    return expect(sweep_.failed(), false, "kv_sweep");
  }

  // Mostly the latest, often one that was valid once.
  sqlite3_int64 any_token(const Lease& lease) {
    if (!random.one_in(3)) return lease.token;
    return std::max(0, static_cast<int>(lease.greatest) + 1 - random.below(4));
  }

  bool acquire(const std::string& name, Lease& lease, const std::string& owner) {
    const Time ttl = random.lease();
    const auto token = acquire_({name, duration(ttl), owner});
    const std::string call = "lease_acquire " + name + " " + owner;
    if (!expect(acquire_.failed(), false, call)) return false;
    if (lease.is_held(now)) {
      if (lease.owner != owner) return expect(token.has_value(), false, call);
      lease.end = std::max(lease.end, end_of(now, ttl));
      return expect(token.value_or(0), lease.token, call);
    }
    if (!expect(token.value_or(0) > lease.greatest, true, call + ", a new token")) return false;
    lease = {owner, *token, end_of(now, ttl), false, *token};
    return true;
  }

  bool renew(const std::string& name, Lease& lease, sqlite3_int64 token) {
    const Time ttl = random.lease();
    const bool held = lease.is_held_by(token, now);
    if (held) lease.end = std::max(lease.end, end_of(now, ttl));
    return expect(renew_({name, token, duration(ttl)}) == 1, held, "lease_renew " + name);
  }

  bool release(const std::string& name, Lease& lease, sqlite3_int64 token) {
    const bool held = lease.is_held_by(token, now);
    if (held) lease.released = true;
    return expect(release_({name, token}) == 1, held, "lease_release " + name);
  }

  bool check(const std::string& name, const Lease& lease, sqlite3_int64 token) {
    const bool passed = check_({name, token}) == 1;
    return expect(passed, !check_.failed(), "lease_check returns 1 or fails") &&
           expect(passed, lease.is_held_by(token, now), "lease_check " + name);
  }

  bool count() {
    const auto held = std::count_if(leases_.begin(), leases_.end(),
                                    [&](const auto& entry) { return entry.second.is_held(now); });
    return expect(count_({}).value_or(-1), sqlite3_int64{held}, "kv_lease");
  }

  std::map<std::string, Lease> leases_;
  PreparedCall acquire_{db, "SELECT lease_acquire(?1, ?2, ?3)"};
  PreparedCall renew_{db, "SELECT lease_renew(?1, ?2, ?3)"};
  PreparedCall release_{db, "SELECT lease_release(?1, ?2)"};
  PreparedCall check_{db, "SELECT lease_check(?1, ?2)"};
  PreparedCall count_{db, "SELECT count(*) FROM kv_lease"};
  PreparedCall sweep_{db, "SELECT kv_sweep()"};
};

struct Run {
  std::string job;
  Time lease = 0;
  Time end = 0;
  sqlite3_int64 done = 0;
  bool over = false;

  bool is_alive(Time now) const { return !over && end > now; }
};

class RunTest : public World {
 public:
  using World::World;

  bool step() {
    next_operation();
    if (random.one_in(4)) return start(random.name("job", 4));
    if (runs_.empty()) return true;
    // One of the latest few: live ones, zombies, and those that are long over.
    const auto latest = static_cast<int>(runs_.rbegin()->first);
    const sqlite3_int64 id = std::max(1, latest - random.below(12));
    Run& run = runs_[id];
    if (random.one_in(6)) return finish(id, run);
    if (random.one_in(6)) return look(id, run);
    return tick(id, run);
  }

 private:
  bool start(const std::string& job) {
    const Time lease = random.lease();
    const auto id = start_({job, duration(lease)});
    bool alive = false;
    for (auto& [other, run] : runs_) {
      if (run.job != job || run.over) continue;
      if (run.is_alive(now)) alive = true;
      if (!alive) run.over = true;  // written down as crashed, for good
    }
    if (!expect(id.has_value(), !alive, "run_start " + job)) return false;
    if (!id) return true;
    if (!expect(runs_.empty() || *id > runs_.rbegin()->first, true, "a new id")) return false;
    runs_[*id] = {job, lease, end_of(now, lease)};
    return true;
  }

  bool tick(sqlite3_int64 id, Run& run) {
    const sqlite3_int64 n = random.below(3);
    const bool alive = run.is_alive(now);
    if (alive) {
      run.done += n;
      run.end = std::max(run.end, end_of(now, run.lease));
    }
    return expect(tick_({id, n}) == 1, alive, "run_tick " + std::to_string(id));
  }

  bool finish(sqlite3_int64 id, Run& run) {
    const bool alive = run.is_alive(now);
    if (alive) run.over = true;
    return expect(finish_({id}) == 1, alive, "run_finish " + std::to_string(id));
  }

  bool look(sqlite3_int64 id, const Run& run) {
    const bool running = running_({id}) == 1;
    return expect(running, run.is_alive(now), "status of " + std::to_string(id)) &&
           expect(done_({id}).value_or(-1), run.done, "done of " + std::to_string(id));
  }

  std::map<sqlite3_int64, Run> runs_;
  PreparedCall start_{db, "SELECT run_start(?1, ?2)"};
  PreparedCall tick_{db, "SELECT run_tick(?1, ?2)"};
  PreparedCall finish_{db, "SELECT run_finish(?1)"};
  PreparedCall running_{db, "SELECT status = 'running' FROM kv_run WHERE id = ?1"};
  PreparedCall done_{db, "SELECT done FROM kv_run WHERE id = ?1"};
};

struct Entry {
  std::optional<sqlite3_int64> value;
  Time end = 0;
  Time claimed_until = INT64_MIN;

  bool is_live(Time now) const { return value && end > now; }
};

// The sweep takes dead entries when it likes, and cache_stale() with them; of a claimed one it must
// not. Under a clock that goes back an entry it took would come to life in the model: so here the
// clock only stands or moves on.
class ClaimTest : public World {
 public:
  using World::World;

  bool step() {
    const Time before = now;
    next_operation();
    if (now < before) set_clock(before);
    const std::string key = random.name("key", 6);
    Entry& entry = entries_[key];
    switch (random.below(8)) {
      case 0:
      case 1:
      case 2:
        return claim(key, entry);
      case 3:
        return set(key, entry);
      case 4:
        return remove(key, entry);
      case 5:
        sweep_({});
        return expect(sweep_.failed(), false, "kv_sweep");
      case 6:
        return stale(key, entry);
      default:
        return get(key, entry);
    }
  }

 private:
  bool claim(const std::string& key, Entry& entry) {
    const Time ttl = random.lease();
    const bool free = entry.claimed_until <= now;
    if (free) entry.claimed_until = end_of(now, ttl);
    return expect(claim_({key, duration(ttl)}) == 1, free, "cache_claim " + key);
  }

  bool set(const std::string& key, Entry& entry) {
    const Time ttl = random.lease();
    entry = {++written_, end_of(now, ttl), INT64_MIN};
    return expect(set_({key, written_, duration(ttl)}).value_or(0), written_, "cache_set " + key);
  }

  bool remove(const std::string& key, Entry& entry) {
    const bool live = entry.is_live(now);
    if (live) entry = {};
    return expect(remove_({key}) == 1, live, "cache_del " + key);
  }

  bool get(const std::string& key, const Entry& entry) {
    const auto want = entry.is_live(now) ? entry.value : std::nullopt;
    return expect(get_({key}), want, "cache_get " + key) &&
           expect(has_({key}) == 1, want.has_value(), "cache_has " + key);
  }

  bool stale(const std::string& key, const Entry& entry) {
    const auto got = stale_({key});
    const bool must_be_there = entry.is_live(now);
    if (!got && !must_be_there) return true;
    return expect(got, entry.value, "cache_stale " + key);
  }

  std::map<std::string, Entry> entries_;
  sqlite3_int64 written_ = 0;
  PreparedCall claim_{db, "SELECT cache_claim(?1, ?2)"};
  PreparedCall set_{db, "SELECT cache_set(?1, ?2, ?3)"};
  PreparedCall get_{db, "SELECT cache_get(?1)"};
  PreparedCall has_{db, "SELECT cache_has(?1)"};
  PreparedCall remove_{db, "SELECT cache_del(?1)"};
  PreparedCall stale_{db, "SELECT cache_stale(?1)"};
  PreparedCall sweep_{db, "SELECT kv_sweep()"};
};

template <class Test>
void play(int operations) {
  constexpr unsigned kSeeds = 4;
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    Test test(seed);
    for (int i = 0; i < operations / static_cast<int>(kSeeds); ++i) {
      if (!test.step()) return;
    }
    support::expect_sound(test.db);
    EXPECT_EQ(test.db.value("SELECT count(*) FROM kv_check WHERE status = 'error'"), "0");
  }
}

TEST(lease_model, leases) { play<LeaseTest>(120000); }
TEST(lease_model, runs) { play<RunTest>(100000); }
TEST(lease_model, claims_of_the_cache) { play<ClaimTest>(100000); }

}  // namespace
