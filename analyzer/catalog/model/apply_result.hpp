#pragma once
#include "base/range.hpp"
#include "catalog/layer.hpp"
#include "catalog/model/object.hpp"

#include <string>
#include <vector>

namespace lockstep::catalog {

/// A statement that the server would refuse, in its own words.
struct Refusal {
  std::string sqlstate;
  std::string message;
  Range where;
  std::string object; ///< Qualified name of the object at fault.
};

/// What came of a statement.
struct ApplyResult {
  std::vector<Refusal> refusals; ///< Not empty: nothing was applied. Never about unknown names.
  std::vector<ObjectId> created;
  std::vector<ObjectId> dropped;
};

} // namespace lockstep::catalog
