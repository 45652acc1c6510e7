// A row as the hot cache keeps it.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

#include "sqlite/function.h"
#include "store/hot/shared_bytes.h"

namespace larder {

// A value with the moment at which it is dead; or the knowledge that there is none.
class HotRow {
 public:
  static HotRow nothing() { return {}; }
  // nullptr is NULL. Throws std::bad_alloc.
  HotRow(sqlite3_value* value, std::optional<double> deadline);

  bool is_nothing() const { return type_ == 0; }
  bool ends_by(double moment) const { return !is_nothing() && deadline_ <= moment; }
  std::optional<double> deadline() const {
    return deadline_ == HUGE_VAL ? std::nullopt : std::optional(deadline_);
  }

  // Makes the value the result of `call`.
  void give(Call& call) const;

  // The bytes that the row has of its own, beside this object.
  std::size_t size() const { return size_; }

 private:
  HotRow() = default;

  int type_ = 0;  // of SQLite's values; 0 for nothing
  bool is_c_string_ = false;
  double deadline_ = -HUGE_VAL;
  std::int64_t integer_ = 0;
  double real_ = 0;
  SharedBytes bytes_;
  std::size_t size_ = 0;
};

// The size() of the row that `value` would be. nullptr is NULL.
std::size_t hot_row_size(sqlite3_value* value);

}  // namespace larder
