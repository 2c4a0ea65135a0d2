#pragma once
#include "effects/layer.hpp"
#include "effects/steps/collector.hpp"

#include <span>
#include <string>
#include <vector>

namespace lockstep::effects {

/// Which columns of new rows are given, and the values that the statement's text tells.
struct GivenColumns {
  const std::vector<std::string> &names; ///< Empty where the first `count` columns are given.
  size_t count = 0;
  std::span<const Expression> rows = {}; ///< Row constructors; none where no row is known.
};

/// What putting rows into a table does besides the table's own lock: the foreign keys of columns
/// that get a value, the sequences of columns that take their default, and the partitions that take
/// the rows.
void fillRow(const Relation &table, const GivenColumns &given, Collector &out);

} // namespace lockstep::effects
