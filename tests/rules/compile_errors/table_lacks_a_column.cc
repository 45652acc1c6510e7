// the signature lacks a column of the table
#include "sqlite/signature.h"

consteval bool is_checked(const char* signature) {
  larder::check_table_signature(
      signature, "numbers",
      "CREATE TABLE x(n INTEGER, square, root HIDDEN, PRIMARY KEY (n, square)) WITHOUT ROWID");
  return true;
}

static_assert(is_checked("numbers(n)"));
