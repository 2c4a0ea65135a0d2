#include "sql/lower/create.hpp"

#include "sql/lower/object_name.hpp"
#include "sql/lower/table.hpp"
#include "sql/query/expression.hpp"
#include "sql/query/name.hpp"
#include "sql/query/query.hpp"

#include <algorithm>

extern "C" {
#include <postgres.h>
#include <catalog/pg_trigger.h>
#include <nodes/parsenodes.h>
}

// CREATE and ALTER of the objects that the catalog models: views, sequences, types, domains,
// triggers, policies, rules, statistics.

namespace lockstep::sql {

/// The name after the first `word` outside of brackets, and after IF [NOT] EXISTS.
static QualifiedName namedAfter(const Lowering &at, std::string_view word, const ::List *names) {
  size_t first = at.tokens.skipIfExists(at.tokens.find(word) + 1);
  return qualifiedName(names, at.tokens.name(first));
}

// --- views ---------------------------------------------------------------------------------------

void lowerView(Lowering &at, const ViewStmt &node) {
  CreateView op;
  op.view = relationName(at, node.view);
  op.persistence = persistence(node.view);
  op.or_replace = node.replace;
  const StatementTokens &tokens = at.tokens;
  size_t first = tokens.find("as") + 1, end = tokens.size();
  op.recursive = tokens.find("recursive", 0, first) < first;
  op.columns = stringList(node.aliases);
  op.options = lowerOptions(at, node.options);
  if (node.withCheckOption != NO_CHECK_OPTION) {
    op.check_option = node.withCheckOption == LOCAL_CHECK_OPTION ? 'l' : 'c';
    end -= tokens.is(end - 3, "with") ? 3 : 4; // WITH [LOCAL | CASCADED] CHECK OPTION
  }
  op.query = lowerQuery(at, node.query, tokens.span(first, end));
  at.addWhole(std::move(op));
}

void lowerRefresh(Lowering &at, const RefreshMatViewStmt &node) {
  RefreshMaterializedView op;
  op.view = relationName(at, node.relation);
  op.concurrently = node.concurrent;
  op.with_data = !node.skipData;
  at.addWhole(std::move(op));
}

// --- sequences -----------------------------------------------------------------------------------

/// Fills what a sequence's options say beside numbers: its type and the column that owns it.
/// Returns whether they say OWNED BY NONE.
template <class T> static bool lowerSequenceOptions(Lowering &at, T &op, const ::List *options) {
  op.options = lowerOptions(at, options);
  bool owned_by_none = false;
  for (const DefElem *option : nodes<DefElem>(options)) {
    std::string_view name = text(option->defname);
    if (name == "as") {
      op.type = lowerType(at, as<::TypeName>(option->arg));
    } else if (name == "owned_by") {
      ObjectName owner = objectName(at, ObjectKind::column, option->arg);
      op.owned_by_table = std::move(owner.name);
      if (op.owned_by_table.empty())
        owned_by_none = true;
      else
        op.owned_by_column = std::move(owner.part);
    }
  }
  return owned_by_none;
}

void lowerCreateSequence(Lowering &at, const CreateSeqStmt &node) {
  CreateSequence op;
  op.sequence = relationName(at, node.sequence);
  op.persistence = persistence(node.sequence);
  op.if_not_exists = node.if_not_exists;
  lowerSequenceOptions(at, op, node.options);
  at.addWhole(std::move(op));
}

void lowerAlterSequence(Lowering &at, const AlterSeqStmt &node) {
  AlterSequence op;
  op.sequence = relationName(at, node.sequence);
  op.if_exists = node.missing_ok;
  op.owned_by_none = lowerSequenceOptions(at, op, node.options);
  at.addWhole(std::move(op));
}

// --- types ---------------------------------------------------------------------------------------

void lowerCreateEnum(Lowering &at, const CreateEnumStmt &node) {
  CreateEnum op;
  op.type = namedAfter(at, "type", node.typeName);
  op.labels = stringList(node.vals);
  at.addWhole(std::move(op));
}

void lowerAlterEnum(Lowering &at, const AlterEnumStmt &node) {
  QualifiedName type = namedAfter(at, "type", node.typeName);
  if (node.oldVal) {
    RenameEnumValue op;
    op.type = std::move(type);
    op.value = node.oldVal;
    op.new_value = text(node.newVal);
    at.addWhole(std::move(op));
    return;
  }
  AddEnumValue op;
  op.type = std::move(type);
  op.value = text(node.newVal);
  op.neighbour = text(node.newValNeighbor);
  op.after = node.newValIsAfter;
  op.if_not_exists = node.skipIfNewValExists;
  at.addWhole(std::move(op));
}

void lowerComposite(Lowering &at, const CompositeTypeStmt &node) {
  CreateCompositeType op;
  op.type = relationName(at, node.typevar);
  for (const ::ColumnDef *attribute : nodes<::ColumnDef>(node.coldeflist))
    op.attributes.push_back(
        lowerColumnDef(at, *attribute, at.tokens.elementEnd(at.tokenAt(attribute->location))));
  at.addWhole(std::move(op));
}

void lowerCreateRange(Lowering &at, const CreateRangeStmt &node) {
  CreateBaseType op;
  op.type = namedAfter(at, "type", node.typeName);
  op.is_range = true;
  op.options = lowerOptions(at, node.params);
  at.addWhole(std::move(op));
}

void lowerCreateBaseType(Lowering &at, const DefineStmt &node) {
  CreateBaseType op;
  op.type = namedAfter(at, "type", node.defnames);
  op.is_shell = !node.definition;
  op.options = lowerOptions(at, node.definition);
  at.addWhole(std::move(op));
}

// --- domains -------------------------------------------------------------------------------------

void lowerCreateDomain(Lowering &at, const CreateDomainStmt &node) {
  CreateDomain op;
  op.domain = namedAfter(at, "domain", node.domainname);
  op.type = lowerType(at, node.typeName);
  op.collation = lowerCollation(at, node.collClause);
  auto constraints = nodes<::Constraint>(node.constraints);
  for (size_t i = 0; i < constraints.size(); ++i) {
    const ::Constraint &constraint = *constraints[i];
    size_t first = at.tokenAt(constraint.location);
    size_t end =
        i + 1 < constraints.size() ? at.tokenAt(constraints[i + 1]->location) : at.tokens.size();
    if (node.collClause && node.collClause->location > constraint.location)
      end = std::min(end, at.tokenAt(node.collClause->location));
    if (constraint.contype == CONSTR_DEFAULT)
      op.default_value = lowerOptional(at, constraint.raw_expr);
    else if (constraint.contype == CONSTR_CHECK || constraint.contype == CONSTR_NOTNULL)
      op.constraints.push_back(lowerConstraint(at, constraint, at.tokens.span(first, end)));
  }
  at.addWhole(std::move(op));
}

void lowerAlterDomain(Lowering &at, const AlterDomainStmt &node) {
  AlterDomain op;
  op.domain = namedAfter(at, "domain", node.typeName);
  op.if_exists = node.missing_ok;
  op.cascade = node.behavior == DROP_CASCADE;
  op.constraint_name = text(node.name);
  switch (node.subtype) {
  case 'T':
    op.action = node.def ? DomainAction::set_default : DomainAction::drop_default;
    op.default_value = lowerOptional(at, node.def);
    break;
  case 'N':
    op.action = DomainAction::drop_not_null;
    break;
  case 'O':
    op.action = DomainAction::set_not_null;
    break;
  case 'C': {
    op.action = DomainAction::add_constraint;
    const auto *constraint = as<::Constraint>(node.def);
    Range where = at.tokens.span(at.tokenAt(constraint->location), at.tokens.size());
    op.constraint = lowerConstraint(at, *constraint, where);
    break;
  }
  case 'X':
    op.action = DomainAction::drop_constraint;
    break;
  default: // 'V'
    op.action = DomainAction::validate_constraint;
    break;
  }
  at.addWhole(std::move(op));
}

// --- triggers, policies, rules -------------------------------------------------------------------

/// Makes a table known as what unqualified sub-selects refer to, e.g. in a policy.
static QueryTarget asTarget(const ::RangeVar &table) {
  QueryTarget target;
  target.schema = text(table.schemaname);
  target.name = text(table.relname);
  return target;
}

void lowerTrigger(Lowering &at, const CreateTrigStmt &node) {
  CreateTrigger op;
  op.name = text(node.trigname);
  op.table = relationName(at, node.relation);
  op.or_replace = node.replace;
  op.is_constraint = node.isconstraint;
  op.for_each_row = node.row;
  op.timing = node.timing & TRIGGER_TYPE_BEFORE    ? 'b'
              : node.timing & TRIGGER_TYPE_INSTEAD ? 'i'
                                                   : 'a';
  op.on_insert = node.events & TRIGGER_TYPE_INSERT;
  op.on_update = node.events & TRIGGER_TYPE_UPDATE;
  op.on_delete = node.events & TRIGGER_TYPE_DELETE;
  op.on_truncate = node.events & TRIGGER_TYPE_TRUNCATE;
  op.columns = stringList(node.columns);
  op.condition = lowerOptional(at, node.whenClause);
  size_t execute = at.tokens.find("execute"); // EXECUTE FUNCTION | PROCEDURE name
  op.function = qualifiedName(node.funcname, at.tokens.name(execute + 2));
  op.arguments = stringList(node.args);
  for (const TriggerTransition *table : nodes<TriggerTransition>(node.transitionRels))
    (table->isNew ? op.new_table : op.old_table) = text(table->name);
  op.referenced = relationName(at, node.constrrel);
  op.deferrable = node.deferrable;
  op.initially_deferred = node.initdeferred;
  op.text = at.tokens.slice(at.range);
  at.addWhole(std::move(op));
}

static std::vector<std::string> roleNames(const ::List *roles) {
  std::vector<std::string> names;
  for (const RoleSpec *role : nodes<RoleSpec>(roles))
    names.push_back(roleName(role));
  return names;
}

/// What CREATE POLICY and ALTER POLICY share.
template <class T, class Node> static T lowerPolicy(Lowering &at, const Node &node) {
  T op;
  op.name = text(node.policy_name);
  op.table = relationName(at, node.table);
  op.roles = roleNames(node.roles);
  at.target = asTarget(*node.table);
  op.using_expression = lowerOptional(at, node.qual);
  op.check_expression = lowerOptional(at, node.with_check);
  at.target = {};
  return op;
}

void lowerCreatePolicy(Lowering &at, const CreatePolicyStmt &node) {
  auto op = lowerPolicy<CreatePolicy>(at, node);
  op.permissive = node.permissive;
  op.command = text(node.cmd_name);
  at.addWhole(std::move(op));
}

void lowerAlterPolicy(Lowering &at, const AlterPolicyStmt &node) {
  at.addWhole(lowerPolicy<AlterPolicy>(at, node));
}

void lowerRule(Lowering &at, const RuleStmt &node) {
  CreateRule op;
  op.name = text(node.rulename);
  op.table = relationName(at, node.relation);
  op.or_replace = node.replace;
  op.instead = node.instead;
  switch (node.event) {
  case CMD_INSERT:
    op.event = "insert";
    break;
  case CMD_UPDATE:
    op.event = "update";
    break;
  case CMD_DELETE:
    op.event = "delete";
    break;
  default:
    op.event = "select";
    break;
  }
  op.query = lowerRuleQuery(at, node);
  op.text = at.tokens.slice(at.range);
  at.addWhole(std::move(op));
}

void lowerStatistics(Lowering &at, const CreateStatsStmt &node) {
  CreateStatistics op;
  if (node.defnames)
    op.statistics = namedAfter(at, "statistics", node.defnames);
  auto relations = nodes<::Node>(node.relations);
  if (!relations.empty() && IsA(relations[0], RangeVar))
    op.table = relationName(at, as<::RangeVar>(relations[0]));
  for (const StatsElem *element : nodes<StatsElem>(node.exprs))
    if (element->name)
      op.columns.emplace_back(text(element->name));
  op.if_not_exists = node.if_not_exists;
  op.text = at.tokens.slice(at.range);
  at.addWhole(std::move(op));
}

} // namespace lockstep::sql
