#pragma once
#include "support/process.hpp"

#include <string>

namespace lockstep::test {

/// A folder of migrations in which each hostile form stands wherever a text may come from: names of
/// files and folders, of tables, columns, constraints, indexes, views, functions and types,
/// literals, comments, bodies, reasons, rows of COPY, words of psql, and SQL that cannot be read.
class HostileProject {
public:
  HostileProject();
  [[nodiscard]] const std::filesystem::path &path() const { return directory_.path(); }
  [[nodiscard]] const TemporaryDirectory &directory() const { return directory_; }

private:
  TemporaryDirectory directory_;
};

/// Objects that can be written as SQL again: no statement in it is wrong.
[[nodiscard]] std::string hostileSchema();

} // namespace lockstep::test
