// One file with both directions, as dbmate and goose have it: lines that are marks, and below each
// the SQL of its direction.
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

// Splits `text`, which is that of `file`. Without marks all of it is one script, up. What asks for
// no transaction is heeded: "-- +goose NO TRANSACTION", "-- migrate:up transaction:false", and in a
// file without marks sqlx's "-- no-transaction". Throws Error, which names file and line, when the
// marks make no sense.
Sections split_sections(const std::string& text, const std::string& file);

// The whole of a file as a script of one direction.
Script whole_script(std::string text, const std::string& file);

}  // namespace larder
