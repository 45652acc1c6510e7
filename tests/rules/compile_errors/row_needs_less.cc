// the signature has another minimum of arguments
#include "sqlite/function.h"

struct State;
void cache_get(State&, larder::Call&);

constexpr larder::Function<State> kRow{
    "cache_get", 0, 2, larder::kReads, cache_get, "cache_get(key [, default])", "Says so."};
