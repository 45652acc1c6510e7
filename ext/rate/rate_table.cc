// The kv_rate table: how much has been taken.
//
//   SELECT name, max(allowed_at - kv_clock(), 0) FROM kv_rate;
//   DELETE FROM kv_rate WHERE name = 'api.example.com';  -- it begins anew
#include "rate/rate.h"
#include "store/row_table.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr auto kOpenRates = sql(R"(
SELECT name, allowed_at, updated_at
FROM main.larder_rate
WHERE {})",
                                kRateOpen);

constexpr auto kAllOpenRates = sql("{} ORDER BY name", kOpenRates);
constexpr auto kOneOpenRate = sql("{} AND name = ?1", kOpenRates);

constexpr Lookup kRateLookups[] = {
    {.column = 0, .by = Lookup::By::kKey, .scan = {kOneOpenRate, "name=?", 3, 1}}};

constexpr TableRows kRateRows{
    .name = "kv_rate",
    .columns =
        "CREATE TABLE x(name TEXT, allowed_at REAL, updated_at REAL, PRIMARY KEY (name)) "
        "WITHOUT ROWID",
    .source = "larder_rate",
    .now_parameter = 2,
    .all = {kAllOpenRates, "all", 1e5, 50000},
    .lookups = kRateLookups};

class RateTable : public RowTable<kRateRows> {
 public:
  using RowTable::RowTable;

  // https://sqlite.org/vtab.html#the_xupdate_method: one value, the name, deletes.
  std::int64_t update(Values values) {
    static constexpr char kDeleteRate[] = "DELETE FROM main.larder_rate WHERE name = ?1";
    if (values.size() != 1) throw Error("rows can only be deleted; rate_take() makes them");
    StatementScope scope(state());
    state().query(kDeleteRate).bind_key(1, values[0]).run();
    return 0;
  }
};

}  // namespace

constinit const TableEntry kRateTable =
    table_entry<RateTable>("kv_rate(name, allowed_at, updated_at)",
                           "What was taken and is not paid off yet; DELETE begins a name anew.");

}  // namespace larder
