// a {} without its part
#include "sqlite/sql.h"

constexpr auto kTouch = larder::sql("UPDATE main.larder_cache SET key = {} WHERE {}", "1");
