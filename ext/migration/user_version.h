// PRAGMA user_version, by which a database says how far it is migrated.
//
// A database that comes with a user_version and no history counts as migrated up to that version:
// it is "adopted" up to there. As soon as there is a history, larder_meta keeps that number.
#pragma once

#include <cstdint>

#include "store/connection.h"

namespace larder {

std::int64_t read_user_version(Connection& connection);

// Up to which version the database was adopted; 0 when it was not.
std::int64_t read_adopted(Connection& connection, bool has_history);

// Keeps that version. Needs a WriteScope or a transaction.
void remember_adopted(Connection& connection, std::int64_t version);

// The user_version that fits the history of a database that was adopted up to `adopted`: the
// highest applied version that has 31 bits, and one more for each that has not. (SQLite would store
// 0 for a timestamp of 14 digits, without a word.) So it never falls when a migration is applied.
// Needs larder_migration to be there.
std::int64_t expected_user_version(Connection& connection, std::int64_t adopted);

// Sets PRAGMA user_version to that, and returns it.
std::int64_t write_user_version(Connection& connection, std::int64_t adopted);

}  // namespace larder
