#include "ddl/rule.hpp"

#include "ddl/address.hpp"

namespace lockstep::ddl {

SqlStatement createRule(const Relation &relation, const RewriteRule &rule) {
  return {rule.definition.text, relation.search_path};
}

SqlStatements setRuleMode(const Relation &relation, const RewriteRule &rule) {
  if (rule.enabled == 'O')
    return {};
  return {alterTable(relation) +
          (rule.enabled == 'D'   ? "DISABLE RULE "
           : rule.enabled == 'R' ? "ENABLE REPLICA RULE "
                                 : "ENABLE ALWAYS RULE ") +
          quoteIdentifier(rule.name)};
}

} // namespace lockstep::ddl
