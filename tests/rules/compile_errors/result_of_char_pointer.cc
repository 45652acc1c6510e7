// deleted
#include "sqlite/function.h"

void cache_get(larder::Call& call, const char* text) { call.result(text); }
