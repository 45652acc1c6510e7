// Which process this is, and where.
#pragma once

#include <string>

namespace larder {

// The machine's own name for itself, without an enquiry of any network; "localhost" if it has none.
std::string host_name();

int process_id();

}  // namespace larder
