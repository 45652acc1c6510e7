// The row of a ledger that a call is about.
#pragma once

#include "store/connection.h"

namespace larder {

// The ledger and id of a call; with one argument it is an id of the ledger 'default'.
struct Entry {
  explicit Entry(Call& call)
      : ledger(call.count() == 1 ? nullptr : call.required(0, "ledger")),
        id(call.required(call.count() == 1 ? 0 : 1, "id")) {}
  // Neither may be NULL.
  Entry(sqlite3_value* ledger_name, sqlite3_value* entry_id) : ledger(ledger_name), id(entry_id) {}

  // A run of `sql` with ?1 and ?2 bound, see ledger/ledger.h.
  Query query_row(Connection& connection, Sql sql) const {
    Query query = connection.query(sql);
    if (ledger != nullptr) {
      query.bind_key(1, ledger);
    } else {
      query.bind(1, std::string_view("default"));
    }
    query.bind_key(2, id);
    return query;
  }
  // The same with ?3, too.
  Query query(Connection& connection, Sql sql) const {
    Query query = query_row(connection, sql);
    query.bind(3, connection.clock().now());
    return query;
  }

  HotKey hot_key(Connection& connection) const { return HotKey(connection.db(), 'l', ledger, id); }

  sqlite3_value* ledger;  // nullptr is the one called 'default'
  sqlite3_value* id;
};

}  // namespace larder
