// Durations as text and as other values: what is read is what the grammar of sql/README.md allows,
// and it is that amount.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

#include "fuzz/target.h"
#include "sqlite/error.h"
#include "store/duration.h"

namespace {

using larder::Lifetime;

// A statement that gives back what it is given.
class Echo {
 public:
  Echo() {
    sqlite3_open(":memory:", &db_);
    sqlite3_prepare_v2(db_, "SELECT ?1", -1, &statement_, nullptr);
  }
  Echo(const Echo&) = delete;
  Echo& operator=(const Echo&) = delete;
  ~Echo() {
    sqlite3_finalize(statement_);
    sqlite3_close(db_);
  }

  sqlite3_stmt* bind() {
    sqlite3_reset(statement_);
    return statement_;
  }

  larder::OwnedValue text(std::string_view text) {
    sqlite3_bind_text(bind(), 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    return value();
  }

  larder::OwnedValue value() {
    sqlite3_step(statement_);
    return larder::copy_of(sqlite3_column_value(statement_, 0));
  }

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

Echo& echo() {
  static Echo echo;
  return echo;
}

bool is_any(char c, std::string_view characters) {
  return c != '\0' && characters.find(c) != std::string_view::npos;
}

// Where the number ends that `text` begins with, as a table of states says: 0 begins, 1 behind the
// sign, 2 in digits, 3 behind the point, 4 in the digits there, 5 behind 'e', 6 behind its sign, 7
// in its digits. Nothing where it ends in a state that is no number.
std::optional<std::size_t> number_end(std::string_view text) {
  int state = 0;
  for (std::size_t at = 0;; ++at) {
    const char c = at < text.size() ? text[at] : '\0';
    int next = -1;
    if (is_any(c, "0123456789")) {
      constexpr int kBehindDigit[] = {2, 2, 2, 4, 4, 7, 7, 7};
      next = kBehindDigit[state];
    } else if (is_any(c, "+-")) {
      next = state == 0 ? 1 : state == 5 ? 6 : -1;
    } else if (c == '.') {
      next = state == 2 ? 3 : -1;
    } else if (is_any(c, "eE")) {
      next = state == 2 || state == 4 ? 5 : -1;
    }
    if (next < 0) return state == 2 || state == 4 || state == 7 ? std::optional(at) : std::nullopt;
    state = next;
  }
}

bool is_infinity(std::string_view text) {
  const std::string word(text.substr(!text.empty() && is_any(text[0], "+-") ? 1 : 0));
  return word.find('\0') == std::string::npos && (sqlite3_stricmp(word.c_str(), "inf") == 0 ||
                                                  sqlite3_stricmp(word.c_str(), "infinity") == 0);
}

// The seconds that `text` stands for; nothing where it is no duration.
std::optional<double> expected(std::string_view text) {
  if (is_infinity(text)) return text[0] == '-' ? -HUGE_VAL : HUGE_VAL;
  const auto end = number_end(text);
  if (!end) return std::nullopt;
  const std::string_view unit = text.substr(*end);
  const double number = std::strtod(std::string(text.substr(0, *end)).c_str(), nullptr);
  if (unit.empty() || unit == "s") return number;
  if (unit == "ms") return number * 0.001;
  if (unit == "m") return number * 60;
  if (unit == "h") return number * 3600;
  if (unit == "d") return number * 86400;
  return std::nullopt;
}

// What `read` makes of it; nothing for an error.
template <class Read>
auto unless_error(Read&& read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const larder::Error&) {
    return std::nullopt;
  }
}

double seconds_of(const Lifetime& lifetime) { return lifetime.seconds().value_or(HUGE_VAL); }

// To the millisecond, and SQLite reads the last digit of some numbers otherwise than C.
bool are_equal(double a, double b) {
  return a == b || std::fabs(a - b) <= 0.0010001 + std::fabs(a) * 1e-14;
}

std::optional<Lifetime> read_text(std::string_view text) {
  const auto value = echo().text(text);
  return unless_error([&] { return larder::lifetime_of(value.get(), "ttl"); });
}

void expect_sound(sqlite3_value* value) {
  const auto life = unless_error([&] { return larder::lifetime_of(value, "ttl"); });
  const auto lease = unless_error([&] { return larder::lease_of(value, "ttl"); });
  EXPECT_EQ(lease.has_value(), life && !life->is_over());
  constexpr double kNow = 1.7e9;
  for (const auto& lifetime : {life, lease, unless_error([&] {
                                 return larder::lifetime_until(value, kNow, "expires_at");
                               })}) {
    if (!lifetime) continue;
    EXPECT_FALSE(std::isnan(seconds_of(*lifetime)));
    const auto end = lifetime->end(kNow);
    EXPECT_TRUE(!end || !std::isnan(*end));
  }
  const auto seconds = unless_error([&] { return larder::seconds_of(value, "t"); });
  EXPECT_TRUE(!seconds || std::isfinite(*seconds));
}

void expect_as_written(std::string_view text) {
  const auto want = expected(text);
  const auto got = read_text(text);
  ASSERT_EQ(got.has_value(), want.has_value()) << text;
  if (!got) return;
  const double seconds = seconds_of(*got);
  EXPECT_TRUE(are_equal(*want, seconds)) << text << ": want " << *want << ", got " << seconds;
  if (!std::isfinite(seconds)) return;
  // The same amount, written in any unit.
  struct Unit {
    const char* name;
    double seconds;
  };
  for (const Unit& unit : {Unit{"ms", 0.001}, {"", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}}) {
    char again[400];
    std::snprintf(again, sizeof again, "%.17g%s", seconds / unit.seconds, unit.name);
    const auto same = read_text(again);
    if (!std::isfinite(seconds / unit.seconds)) continue;
    ASSERT_TRUE(same) << again;
    EXPECT_TRUE(are_equal(seconds, seconds_of(*same))) << text << " is not " << again;
  }
}

}  // namespace

// The first byte says of which type the value is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::Input input(bytes, size);
  const std::size_t type = input.byte();
  const std::string_view rest = input.take(size);
  const int length = static_cast<int>(rest.size());
  double number = 0;
  std::memcpy(&number, rest.data(), std::min(rest.size(), sizeof number));
  sqlite3_stmt* statement = echo().bind();
  switch (type) {
    case 'b':
      sqlite3_bind_blob(statement, 1, rest.data(), length, SQLITE_STATIC);
      break;
    case 'r':
      sqlite3_bind_double(statement, 1, number);
      break;
    case 'i':
      sqlite3_bind_int64(statement, 1,
                         static_cast<sqlite3_int64>(std::bit_cast<std::uint64_t>(number)));
      break;
    case 'u':
      sqlite3_bind_text16(statement, 1, rest.data(), length & ~1, SQLITE_STATIC);
      break;
    default:
      sqlite3_bind_text(statement, 1, rest.data(), length, SQLITE_STATIC);
      expect_sound(echo().value().get());
      expect_as_written(rest);
      return 0;
  }
  expect_sound(echo().value().get());
  return 0;
}
