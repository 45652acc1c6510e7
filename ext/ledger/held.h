// What the holder of a claim does with it.
#pragma once

#include "store/connection.h"

namespace larder {

void ledger_done(Connection& connection, Call& call);
void ledger_fail(Connection& connection, Call& call);
void ledger_renew(Connection& connection, Call& call);
void ledger_release(Connection& connection, Call& call);

}  // namespace larder
