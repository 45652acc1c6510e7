// the signature has another maximum of arguments
#include "sqlite/function.h"

struct State;
void cache_get(State&, larder::Call&);

constexpr larder::Function<State> kRow{
    "cache_get", 1, 3, larder::kReads, cache_get, "cache_get(key [, default])", "Says so."};
