#include "sql/lower/grammar.hpp"

#include <pg_query.h>

namespace lockstep::sql {

int grammarVersion() { return PG_VERSION_NUM / 10000; }

} // namespace lockstep::sql
