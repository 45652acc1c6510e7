// One file with both directions, as dbmate and goose write it: a mark on a line of its own, and
// below it the SQL of that direction.
//
//   -- migrate:up                      -- +goose Up
//   CREATE TABLE item(id);             CREATE TABLE item(id);
//   -- migrate:down                    -- +goose Down
//   DROP TABLE item;                   DROP TABLE item;
#pragma once

#include <optional>
#include <string>

#include "migration/migration.h"

namespace larder {

enum class Dialect { kPlain, kDbmate, kGoose };

const char* name_of(Dialect dialect);

struct Sections {
  Dialect dialect = Dialect::kPlain;
  Script up;
  std::optional<Script> down;
};

// Splits `whole`, the script that a file is. Without marks all of it is the way up. Marks that ask
// for no transaction are heeded: "-- +goose NO TRANSACTION", "-- migrate:up transaction:false", and
// "-- migrate:no-transaction" in the first line. Throws Error, which names file and line, when the
// marks make no sense.
Sections split_sections(Script whole);

}  // namespace larder
