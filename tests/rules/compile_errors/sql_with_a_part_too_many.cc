// a part without its {}
#include "sqlite/sql.h"

constexpr auto kTouch = larder::sql("UPDATE main.larder_cache SET key = {}", "1", "2");
