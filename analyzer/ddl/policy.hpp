#pragma once
#include "catalog/model/relation.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE POLICY.
[[nodiscard]] SqlStatement createPolicy(const Relation &table, const Policy &policy);
/// ENABLE and FORCE ROW LEVEL SECURITY, where the table has them.
[[nodiscard]] SqlStatements setRowSecurity(const Relation &table);

} // namespace lockstep::ddl
