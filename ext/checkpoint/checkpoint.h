// What the parts of the checkpoints share.
#pragma once

#include "store/feature.h"

namespace larder {

extern const TableEntry kCheckpointTable;

}  // namespace larder
