// constant expression
#include "sqlite/sql.h"

larder::Sql made_from(const char (&value)[8]) { return larder::Sql(value); }
