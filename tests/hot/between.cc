// Somebody commits between the moment that a connection looks at the newest commit and its own
// write. Both commits together must not pass for its own alone.
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>

#include "hot/hot.h"
#include "support/moment.h"

namespace {

using support::HotTest;
using support::is_hot;
using support::Moment;

class HotBetween : public HotTest {
 protected:
  // Who shares holds the write lock from the look on.
  HotBetween() { db.must("SELECT kv_config('hot.share', 0)"); }

  // Changes another row and runs `meanwhile` just before the statement that does so.
  void change(std::function<void()> meanwhile) {
    ASSERT_TRUE(is_hot(db));
    Moment moment(db, SQLITE_TRACE_STMT, "INSERT INTO main.larder_cache", std::move(meanwhile));
    db.must("SELECT cache_set('else', random())");
    EXPECT_TRUE(moment.has_come());
  }

  // The wal-index, as if a process had been killed while it wrote the header: SQLite makes it anew
  // from the log, and counts commits from 0 again.
  int index() const { return ::open((path + "-shm").c_str(), O_RDWR); }
  void tear_index() const {
    const std::uint32_t torn = ~0U;
    const int file = index();
    EXPECT_EQ(::pwrite(file, &torn, sizeof torn, 0), ssize_t{sizeof torn});
    ::close(file);
  }
  std::uint32_t count_of_commits() const {
    constexpr off_t kCount = 8;  // https://sqlite.org/walformat.html#the_wal_index_header
    std::uint32_t count = 0;
    const int file = index();
    EXPECT_EQ(::pread(file, &count, sizeof count, kCount), ssize_t{sizeof count});
    ::close(file);
    return count;
  }
};

TEST_F(HotBetween, a_commit_of_another_is_seen) {
  change([&] { other.must("SELECT cache_set('k', 'new')"); });
  EXPECT_EQ(answer(), "new");
}

TEST_F(HotBetween, a_commit_of_another_that_is_no_longer_counted_is_seen) {
  tear_index();
  db.must("SELECT 1 FROM larder_meta");
  ASSERT_EQ(count_of_commits(), 0U);
  change([&] {
    other.must("SELECT cache_set('k', 'new')");
    tear_index();
  });
  ASSERT_EQ(count_of_commits(), 1U) << "the own commit alone is counted";
  EXPECT_EQ(answer(), "new");
}

}  // namespace
