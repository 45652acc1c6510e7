// ledger_forget(): a deliberate re-run.
#pragma once

#include "store/connection.h"

namespace larder {

void ledger_forget(Connection& connection, Call& call);

}  // namespace larder
