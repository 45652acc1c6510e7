// the signature has another name
#include "sqlite/function.h"

struct State;
void cache_get(State&, larder::Call&);

constexpr larder::Function<State> kRow{
    "cache_get", 1, 2, larder::kReads, cache_get, "cache_got(key [, default])", "Says so."};
