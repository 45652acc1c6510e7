// What comes from memory is, type and byte, what came from the file.
#include <cmath>
#include <vector>

#include "hot/hot.h"

namespace {

using support::Database;
using support::HotTest;
using support::is_hot;
using support::Larder;
using support::stat;

struct Value {
  const char* name;
  const char* sql;
};

std::ostream& operator<<(std::ostream& out, const Value& value) { return out << value.name; }

const Value kValues[] = {
    {"null", "NULL"},
    {"integer", "9223372036854775807"},
    {"least_integer", "-9223372036854775807 - 1"},
    {"zero", "0"},
    {"real", "0.1"},
    {"whole_real", "42.0"},
    {"negative_zero", "-0.0"},
    {"infinite", "9e999"},
    {"empty_text", "''"},
    {"text", "'text'"},
    {"number_as_text", "'42'"},
    {"long_text", "printf('%.*c', 5000, 'x')"},
    {"text_of_256", "printf('%.*c', 256, 'x')"},
    {"text_of_257", "printf('%.*c', 257, 'x')"},
    {"text_with_nul", "CAST(x'610062' AS TEXT)"},
    {"text_that_ends_with_nul", "CAST(x'6100' AS TEXT)"},
    {"long_text_with_nul", "CAST(zeroblob(5000) AS TEXT)"},
    {"broken_text", "CAST(x'ff41c328' AS TEXT)"},
    {"unicode", "'\xc3\xa4\xf0\x9f\x90\x98'"},
    {"empty_blob", "x''"},
    {"blob", "x'00ff00'"},
    {"blob_of_digits", "x'3432'"},
    {"zeroblob", "zeroblob(5000)"},
    {"long_blob", "CAST(printf('%.*c', 5000, 'x') AS BLOB)"},
};

class HotValue : public HotTest, public testing::WithParamInterface<Value> {};

// Type, bytes and length; what a text with a NUL is worth shows in the cast.
std::string described(Database& db, const std::string& value) {
  return db.value(
      "SELECT typeof(v) || ' ' || quote(CAST(v AS BLOB)) || ' ' || coalesce(length(v), "
      "'-') || ' ' || quote(v) FROM (SELECT " +
      value + " AS v)");
}

TEST_P(HotValue, from_memory_is_what_was_stored) {
  const std::string sql = GetParam().sql;
  const std::string want = described(db, sql);
  const std::string get = "cache_get('v', 'absent')", result = "ledger_result('r', 'v')";
  other.must("SELECT cache_set('v', " + sql + "), ledger_mark('r', 'v', " + sql + ")");
  for (const std::string& call : {get, result}) {
    for (int i = 0; i < 2; ++i) EXPECT_EQ(described(db, call), want) << "from the file";
    ASSERT_TRUE(is_hot(db, "SELECT " + call));
    EXPECT_EQ(described(db, call), want) << "from memory";
  }
  db.must("SELECT cache_set('v', " + sql + ")");
  const std::int64_t before = stat(db, "hot_hits");
  EXPECT_EQ(described(db, get), want) << "as it was set here";
  EXPECT_EQ(stat(db, "hot_hits"), before + 1);
  EXPECT_EQ(db.value("SELECT cache_has('v')"), "1");
  EXPECT_EQ(db.value("SELECT ledger_seen('r', 'v')"), "1");
}

INSTANTIATE_TEST_SUITE_P(each, HotValue, testing::ValuesIn(kValues),
                         [](const auto& test) { return test.param.name; });

TEST_F(HotTest, keys_are_those_of_the_file) {
  const char* const kKeys[] = {"'42'",      "x'3432'",
                               "''",        "x''",
                               "'a'",       "'A'",
                               "x'61'",     "'a '",
                               "x'610062'", "CAST(x'610062' AS TEXT)",
                               "'t42'",     "'b42'",
                               "x'7400'",   "CAST(x'ff' AS TEXT)"};
  for (const char* key : kKeys)
    db.must(std::string("SELECT cache_set(") + key + ", quote(" + key + "))");
  const auto check = [&](Larder& reader) {
    for (int round = 0; round < 4; ++round) {
      for (const char* key : kKeys) {
        const std::string quoted = std::string("quote(") + key + ")";
        EXPECT_EQ(reader.value("SELECT cache_get(" + std::string(key) + ") = " + quoted), "1")
            << key;
      }
      EXPECT_EQ(reader.value("SELECT cache_get(42)"), "'42'");
      EXPECT_EQ(reader.value("SELECT cache_get(42.0)"), "'42'");
      EXPECT_EQ(reader.value("SELECT cache_get(42.5, 'none')"), "none");
    }
  };
  check(db);
  check(other);
}

// What is hot under one name and is changed under another.
TEST_F(HotTest, one_key_written_in_many_ways) {
  const char* const kSame[] = {"42", "'42'", "42.0"};
  int n = 0;
  for (const char* writes : kSame) {
    for (const char* reads : kSame) {
      const std::string get = std::string("SELECT cache_get(") + reads + ")";
      for (int i = 0; i < 4; ++i) db.run(get);
      const std::string value = std::to_string(++n);
      db.must(std::string("SELECT cache_set(") + writes + ", " + value + ")");
      EXPECT_EQ(db.value(get), value) << writes << " then " << reads;
      db.must(std::string("SELECT cache_del(") + writes + ")");
      EXPECT_EQ(db.value(get), "NULL") << writes << " then " << reads;
    }
  }
}

TEST_F(HotTest, ledger_and_cache_do_not_meet) {
  db.must("SELECT cache_set('default', 'c'), ledger_mark('x', 'default', 'l')");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(db.value("SELECT ledger_seen('default')"), "0");
    EXPECT_EQ(answer("default"), "c");
    EXPECT_EQ(db.value("SELECT ledger_result('x', 'default')"), "l");
    EXPECT_EQ(answer("x"), "nothing");
  }
  // Nor do ledgers whose name and id are the same bytes in another order.
  db.must(
      "SELECT ledger_mark('ab', 'c', 1), ledger_mark('a', 'bc', 2), ledger_mark('abtc', '', 3)");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(db.value("SELECT ledger_result('ab', 'c')"), "1");
    EXPECT_EQ(db.value("SELECT ledger_result('a', 'bc')"), "2");
    EXPECT_EQ(db.value("SELECT ledger_result('abtc', '')"), "3");
    EXPECT_EQ(db.value("SELECT ledger_seen('', 'abc')"), "0");
    EXPECT_EQ(db.value("SELECT ledger_seen('atb', 'c')"), "0");
  }
}

TEST_F(HotTest, very_long_keys_are_asked_of_the_file) {
  const std::string key = "printf('%.*c', 5000, 'x')";
  db.must("SELECT cache_set(" + key + ", 'long'), cache_set(" + key + " || 'y', 'longer')");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(db.value("SELECT cache_get(" + key + ")"), "long");
    EXPECT_EQ(db.value("SELECT cache_get(" + key + " || 'y')"), "longer");
  }
  EXPECT_FALSE(is_hot(db, "SELECT cache_get(" + key + ")"));
  ASSERT_TRUE(is_hot(db));
  db.must("SELECT cache_set(" + key + ", 'new')");
  EXPECT_EQ(db.value("SELECT cache_get(" + key + ")"), "new");
  EXPECT_EQ(answer(), "old");
}

// The bytes of a result are shared with the cache, and stay when it lets them go.
class HotResult : public HotTest, public testing::WithParamInterface<int> {};

TEST_P(HotResult, outlives_the_row) {
  const int size = GetParam();
  const auto set_to = [&](const char* letter) {
    db.must("SELECT cache_set('k', printf('%.*c', " + std::to_string(size) + ", '" + letter +
            "'))");
  };
  set_to("a");
  ASSERT_TRUE(is_hot(db));
  const std::string want(static_cast<std::size_t>(size), 'a');
  std::vector<sqlite3_stmt*> held;
  const auto hold = [&](const char* sql) {
    held.push_back(db.prepare(sql));
    ASSERT_EQ(sqlite3_step(held.back()), SQLITE_ROW);
  };
  const auto check = [&] {
    for (sqlite3_stmt* row : held) {
      EXPECT_EQ(reinterpret_cast<const char*>(sqlite3_column_text(row, 0)), want);
      EXPECT_EQ(sqlite3_column_bytes(row, 0), size);
    }
  };
  for (int i = 0; i < 3; ++i) hold(support::kGet);
  sqlite3_value* copy = sqlite3_value_dup(sqlite3_column_value(held[0], 0));
  sqlite3_stmt* wide = db.prepare(support::kGet);
  ASSERT_EQ(sqlite3_step(wide), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_bytes16(wide, 0), 2 * size);  // converts its own copy, not the cache's
  check();
  set_to("b");
  check();
  db.must("SELECT cache_clear(), kv_config('hot.bytes', 0)");
  is_hot(db);
  check();
  db.must("SELECT kv_config('hot.bytes', NULL), cache_set('k', zeroblob(4096))");
  is_hot(db);
  check();
  ASSERT_EQ(db.close_v2(), SQLITE_OK);
  check();
  for (sqlite3_stmt* row : held) sqlite3_finalize(row);
  sqlite3_finalize(wide);
  EXPECT_EQ(reinterpret_cast<const char*>(sqlite3_value_text(copy)), want);
  sqlite3_value_free(copy);
}

INSTANTIATE_TEST_SUITE_P(of_bytes, HotResult, testing::Values(1, 100, 4096));

TEST_F(HotTest, dies_at_its_deadline) {
  db.must("SELECT kv_clock(1000), cache_set('k', 'old', 10), ledger_mark('l', 'm', 1, 10)");
  ASSERT_TRUE(is_hot(db));
  ASSERT_TRUE(is_hot(db, "SELECT ledger_seen('l', 'm')"));
  const auto at = [&](const char* clock) {
    db.must(std::string("SELECT kv_clock(") + clock + ")");
    return answer() + " " + db.value("SELECT cache_has('k')") + " " +
           db.value("SELECT cache_ttl('k')") + " " + db.value("SELECT ledger_seen('l', 'm')");
  };
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(at("1009.999"), "old 1 0.001 1");
    EXPECT_EQ(at("1010"), "nothing 0 NULL 0");
    EXPECT_EQ(at("5000"), "nothing 0 NULL 0");
    EXPECT_EQ(at("1005"), "old 1 5.0 1") << "no sweep has come by";
    EXPECT_EQ(at("-5000"), "old 1 6010.0 1");
  }
  db.must("SELECT kv_clock(1000), cache_set('k', 'new', 5), kv_clock(900)");
  EXPECT_EQ(answer(), "new");
  db.must("SELECT kv_clock(2000), kv_sweep(), kv_clock(900)");
  EXPECT_EQ(answer(), "nothing");
}

TEST_F(HotTest, tells_the_time_left) {
  db.must("SELECT kv_clock(1000), cache_set('k', 'old', 10), cache_set('ever', 1)");
  ASSERT_TRUE(is_hot(db));
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('ever')"));
  ASSERT_TRUE(is_hot(db, "SELECT cache_get('absent')"));
  const std::int64_t before = stat(db, "hot_hits");
  EXPECT_EQ(db.value("SELECT cache_ttl('k')"), "10.0");
  EXPECT_EQ(db.value("SELECT cache_ttl('ever')"), "Inf");
  EXPECT_EQ(db.value("SELECT cache_ttl('absent')"), "NULL");
  EXPECT_EQ(stat(db, "hot_hits"), before + 3);
  other.must("SELECT kv_clock(1000), cache_touch('k', 20)");
  EXPECT_EQ(db.value("SELECT cache_ttl('k')"), "20.0");
}

// A key that is claimed before it has a value is nobody's to see.
TEST_F(HotTest, does_not_show_claims) {
  db.must("SELECT cache_claim('c', 60)");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(db.value("SELECT cache_has('c')"), "0");
    EXPECT_EQ(db.value("SELECT cache_ttl('c')"), "NULL");
  }
}

}  // namespace
