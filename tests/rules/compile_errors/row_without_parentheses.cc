// there are no parentheses
#include "sqlite/function.h"

struct State;
void cache_get(State&, larder::Call&);

constexpr larder::Function<State> kRow{"cache_get", 0,           0,         larder::kReads,
                                       cache_get,   "cache_get", "Says so."};
