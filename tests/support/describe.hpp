#pragma once
#include "catalog/model/catalog.hpp"

#include <string>

namespace lockstep::test {
using namespace catalog;

/// A catalog as text, for tests and for people who look into one: an object a paragraph, its parts
/// below it, sorted.
[[nodiscard]] std::string describe(const Catalog &catalog);

} // namespace lockstep::test
