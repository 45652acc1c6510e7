// the signature lacks a column of the table
#include "cache/cache_table.h"

constexpr auto kRow = larder::table_entry<larder::CacheTable>("kv_cache(key, value)", "Says so.");
