#pragma once
#include "catalog/model/relation.hpp"
#include "ddl/layer.hpp"
#include "ddl/statement.hpp"

namespace lockstep::ddl {

/// CREATE RULE, as it was written.
[[nodiscard]] SqlStatement createRule(const Relation &relation, const RewriteRule &rule);
/// DISABLE RULE and its kin, where a rule does not fire as a new one does.
[[nodiscard]] SqlStatements setRuleMode(const Relation &relation, const RewriteRule &rule);

} // namespace lockstep::ddl
