#pragma once
#include "catalog/model/catalog.hpp"
#include "sql/script.hpp"
#include "support/describe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {
using namespace catalog;

/// A history for tests: SQL is applied statement by statement, each in a transaction of its own.
struct Replay {
  Catalog catalog;
  int postgres = 17;
  uint32_t statements = 0;
  std::vector<std::string> refusals; ///< "42P01 relation "x" does not exist"

  Replay() = default;
  explicit Replay(std::string_view sql, int version = 17) : postgres(version) { run(sql); }

  Replay &run(std::string_view sql);
  [[nodiscard]] std::string text() const { return describe(catalog); }
  [[nodiscard]] const Relation &table(std::string_view name) const;
};

/// The refusals of a script, one a line; it is applied to what `setup` leaves.
[[nodiscard]] std::string refusalsOf(std::string_view setup, std::string_view sql,
                                     int version = 17);

/// The description of what a script leaves. Fails where a statement is refused.
[[nodiscard]] std::string after(std::string_view sql, int version = 17);

} // namespace lockstep::test
