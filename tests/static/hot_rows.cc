// The container of the hot cache by itself: what it keeps, and who has to go.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <unordered_map>

#include "store/hot/rows.h"

namespace larder {
namespace {

// Far more than any entry of these tests needs.
constexpr std::size_t kRoomy = 1 << 20;

HashedKey key_of(const std::string& name) { return {name, std::hash<std::string>()(name)}; }

// Rows that can be told apart: by their deadline.
HotRow::Owner row_of(const HashedKey& key, double deadline) {
  return HotRow::make(key, nullptr, deadline);
}
HotRow::Owner row_of(const std::string& name, double deadline) {
  return row_of(key_of(name), deadline);
}

bool has(HotRows& rows, const std::string& name, double deadline) {
  const HotRow* row = rows.find(key_of(name));
  return row != nullptr && row->deadline() == deadline;
}

// No use of it.
bool has(HotRows& rows, const HashedKey& key) { return rows.has(key.hash); }

// The bytes of one entry with a name as short as those below.
std::size_t entry_size() {
  HotRows rows;
  rows.set_limit(kRoomy);
  rows.insert(row_of("0", 0));
  return rows.bytes();
}

TEST(HotRows, keeps_nothing_without_a_limit) {
  HotRows rows;
  rows.insert(row_of("a", 1));
  EXPECT_EQ(rows.find(key_of("a")), nullptr);
  EXPECT_EQ(rows.bytes(), 0u);
}

TEST(HotRows, replaces_and_removes) {
  HotRows rows;
  rows.set_limit(kRoomy);
  rows.insert(row_of("a", 1));
  rows.insert(row_of("b", 2));
  rows.insert(row_of("a", 3));
  EXPECT_TRUE(has(rows, "a", 3));
  EXPECT_EQ(rows.bytes(), 2 * entry_size());
  rows.remove(key_of("a"));
  EXPECT_FALSE(has(rows, key_of("a")));
  EXPECT_TRUE(has(rows, "b", 2));
  rows.remove(key_of("b"));
  EXPECT_EQ(rows.bytes(), 0u);
}

TEST(HotRows, of_two_keys_with_one_hash_the_later_stays) {
  HotRows rows;
  rows.set_limit(kRoomy);
  const HashedKey first{"first", 42}, second{"second one", 42};
  rows.insert(row_of(first, 1));
  rows.insert(row_of(second, 2));
  EXPECT_EQ(rows.find(first), nullptr);
  ASSERT_NE(rows.find(second), nullptr);
  EXPECT_EQ(rows.find(second)->deadline(), 2);
  rows.remove(first);  // is not there
  EXPECT_TRUE(has(rows, second));
  rows.remove(second);
  EXPECT_EQ(rows.bytes(), 0u);
}

TEST(HotRows, clear_forgets_all_and_the_memory_is_used_again) {
  HotRows rows;
  rows.set_limit(kRoomy);
  rows.insert(row_of("a", 1));
  const auto generation = rows.generation();
  rows.clear();
  EXPECT_TRUE(rows.is_empty());
  EXPECT_NE(rows.generation(), generation);
  EXPECT_FALSE(has(rows, key_of("a")));
  EXPECT_EQ(rows.find(key_of("a")), nullptr);
  rows.insert(row_of("a", 2));
  EXPECT_FALSE(rows.is_empty());
  EXPECT_TRUE(has(rows, "a", 2));
  EXPECT_EQ(rows.bytes(), entry_size());
}

// While rows come and go, a search must find those whose place others had taken before them.
TEST(HotRows, finds_rows_that_begin_in_the_same_places) {
  // Few low bits, by which rows are placed: at the end of a table of any size, and at its start.
  const auto crowded = [](const std::string& name) -> HashedKey {
    return {name, (std::hash<std::string>()(name) << 32) - 4 + 2 * name.size()};
  };
  std::mt19937 random(1);
  HotRows rows;
  rows.set_limit(kRoomy);
  std::unordered_map<std::string, double> model;
  for (int step = 0; step < 20000; ++step) {
    const std::string name = std::to_string(random() % 400);
    if (random() % 2 == 0) {
      rows.insert(row_of(crowded(name), step));
      model[name] = step;
    } else {
      rows.remove(crowded(name));
      model.erase(name);
    }
    if (step % 50 != 0) continue;
    for (int i = 0; i < 400; ++i) {
      const std::string each = std::to_string(i);
      const HotRow* row = rows.find(crowded(each));
      ASSERT_EQ(row != nullptr, model.count(each) > 0) << each << " at step " << step;
      ASSERT_TRUE(row == nullptr || row->deadline() == model[each]) << each << " at step " << step;
    }
  }
}

// The table that finds them grows with the rows, and gives its memory back when they are few.
TEST(HotRows, many_come_and_go) {
  HotRows rows;
  for (const int count : {50000, 100, 5000}) {
    rows.set_limit(0);
    rows.set_limit(std::size_t{64} << 20);
    for (int i = 0; i < count; ++i) rows.insert(row_of(std::to_string(i), i));
    for (int i = 0; i < count; ++i) ASSERT_TRUE(has(rows, std::to_string(i), i)) << i;
    ASSERT_FALSE(has(rows, key_of(std::to_string(count))));
  }
}

// The hand goes from the oldest row on: b was used and stays, c was not and goes, then a new round.
TEST(HotRows, evicts_what_was_not_used_since_the_hand_came_by) {
  HotRows rows;
  rows.set_limit(3 * entry_size());
  for (const char* name : {"b", "c", "d"}) rows.insert(row_of(name, 1));
  rows.find(key_of("b"));
  rows.insert(row_of("e", 1));
  EXPECT_TRUE(has(rows, key_of("b")));
  EXPECT_FALSE(has(rows, key_of("c")));
  rows.insert(row_of("f", 1));
  EXPECT_TRUE(has(rows, key_of("b"))) << "the hand has passed it";
  EXPECT_FALSE(has(rows, key_of("d")));
  EXPECT_TRUE(has(rows, key_of("f")));
}

// A row of an earlier generation is no use to anybody, used or not.
TEST(HotRows, evicts_what_was_cleared_first) {
  HotRows rows;
  rows.set_limit(3 * entry_size());
  for (const char* name : {"a", "b"}) rows.insert(row_of(name, 1));
  for (const char* name : {"a", "b"}) rows.find(key_of(name));
  rows.clear();
  for (const char* name : {"c", "d", "e"}) rows.insert(row_of(name, 1));
  for (const char* name : {"c", "d", "e"}) EXPECT_TRUE(has(rows, key_of(name))) << name;
}

TEST(HotRows, a_lower_limit_holds_at_once) {
  HotRows rows;
  rows.set_limit(10 * entry_size());
  for (int i = 0; i < 10; ++i) rows.insert(row_of(std::to_string(i), i));
  rows.set_limit(4 * entry_size());
  EXPECT_EQ(rows.bytes(), 4 * entry_size());
  rows.set_limit(0);
  EXPECT_EQ(rows.bytes(), 0u);
}

// Whatever is found is what was put there last; the limit holds; what is counted is what is there.
TEST(HotRows, agrees_with_a_model) {
  std::mt19937 random(1);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  HotRows rows;
  const std::size_t limit = 20 * entry_size();
  rows.set_limit(limit);
  std::unordered_map<std::string, double> model;
  int found = 0;
  for (int step = 0; step < 200000; ++step) {
    const std::string name(1, static_cast<char>('A' + below(60)));
    switch (below(20)) {
      case 0:
        rows.remove(key_of(name));
        model.erase(name);
        break;
      case 1:
        if (below(50) == 0) {
          rows.clear();
          model.clear();
        }
        break;
      case 2:
      case 3:
      case 4:
        rows.insert(row_of(name, step));
        model[name] = step;
        break;
      default:
        if (const HotRow* row = rows.find(key_of(name))) {
          ASSERT_TRUE(model.count(name)) << name << " at step " << step;
          ASSERT_EQ(row->deadline(), model[name]) << name << " at step " << step;
          ++found;
        }
    }
    ASSERT_LE(rows.bytes(), limit);
  }
  EXPECT_GT(found, 10000);
}

}  // namespace
}  // namespace larder
