#include "sql/query/query.hpp"

#include "sql/query/query_collector.hpp"

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

// --- SELECT --------------------------------------------------------------------------------------

// --- queries as values ---------------------------------------------------------------------------

Query lowerQuery(Lowering &at, const ::Node *statement, Range where) {
  Query query;
  QueryCollector collector(at, query);
  collector.setTarget(at.target);
  collector.statement(statement, 0, true);
  query.where = where;
  query.text = at.tokens.slice(where);
  return query;
}

Query lowerRuleQuery(Lowering &at, const RuleStmt &rule) {
  Query query;
  QueryCollector collector(at, query);
  QueryTarget target;
  target.schema = text(rule.relation->schemaname);
  target.name = text(rule.relation->relname);
  collector.setRule(target);
  collector.walk(rule.whereClause, 0);
  for (const ::Node *action : nodes<::Node>(rule.actions)) {
    query.scopes.push_back(-1);
    collector.statement(action, static_cast<int>(query.scopes.size()) - 1, false);
  }
  query.where = at.range;
  query.text = at.tokens.slice(at.range);
  return query;
}

Query lowerOwnQuery(Lowering &at, const ::Node *statement, const QueryTarget &target) {
  Query query;
  QueryCollector collector(at, query);
  collector.excludeTarget(target);
  collector.statement(statement, 0, true);
  return query;
}

} // namespace lockstep::sql
