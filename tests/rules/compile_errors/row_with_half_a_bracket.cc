// the signature has a bracket without its other half
#include "sqlite/function.h"

struct State;
void cache_get(State&, larder::Call&);

constexpr larder::Function<State> kRow{
    "cache_get", 1, 2, larder::kReads, cache_get, "cache_get(key [, default)", "Says so."};
