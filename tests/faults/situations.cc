// Where a call is tried, and what has happened there before.
#include "faults/every_moment.h"

namespace support {

namespace {

constexpr Situation kMemorySituations[] = {
    {"new file", Place::kMemory, false, false, false, false, 31},
    {"new file, in a transaction", Place::kMemory, false, false, true, false, 31},
    {"cold", Place::kMemory, true, false, false, false, 13},
    {"cold, in a transaction", Place::kMemory, true, false, true, false, 13},
    {"warm", Place::kMemory, true, false, false, true, 1},
    {"warm, in a transaction", Place::kMemory, true, false, true, true, 1},
    {"limited, warm", Place::kMemory, true, true, false, true, 1},
    {"limited, warm, in a transaction", Place::kMemory, true, true, true, true, 1},
};

constexpr Situation kFileSituations[] = {
    {"WAL, new file", Place::kWal, false, false, false, false, 5},
    {"WAL, new file, in a transaction", Place::kWal, false, false, true, false, 5},
    {"WAL, cold", Place::kWal, true, false, false, false, 3},
    {"WAL, cold, in a transaction", Place::kWal, true, false, true, false, 3},
    {"WAL, warm", Place::kWal, true, false, false, true, 1},
    {"WAL, limited, warm", Place::kWal, true, true, false, true, 1},
    {"WAL, warm, in a transaction", Place::kWal, true, false, true, true, 1},
    {"journal, new file", Place::kDelete, false, false, false, false, 5},
    {"journal, new file, in a transaction", Place::kDelete, false, false, true, false, 5},
    {"journal, cold", Place::kDelete, true, false, false, false, 3},
    {"journal, warm", Place::kDelete, true, false, false, true, 1},
    {"journal, limited, warm", Place::kDelete, true, true, false, true, 1},
    {"journal, warm, in a transaction", Place::kDelete, true, false, true, true, 1},
};

}  // namespace

constinit const std::span<const Situation> kInMemory = kMemorySituations;
constinit const std::span<const Situation> kInFiles = kFileSituations;

}  // namespace support
